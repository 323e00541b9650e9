# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Manifests as they lie in files: read more strictly than YAML asks for, and in the order in which kubectl applies them."""
import os
import pathlib
import sys
import typing

import yaml


class Fault(typing.NamedTuple):
    source: str  # the file
    where: str  # the object and the field in it
    what: str

    def __str__(self):
        return ": ".join(filter(None, self))


class Document(typing.NamedTuple):
    source: str
    content: dict

    @property
    def kind(self):
        return self.content.get("kind")

    @property
    def name(self):
        return self.metadata.get("name")

    @property
    def namespace(self):
        return self.metadata.get("namespace")

    @property
    def metadata(self):
        return self.content.get("metadata") or {}

    @property
    def spec(self):
        return self.content.get("spec") or {}

    def fault(self, what, *path):
        return Fault(self.source, ": ".join(filter(None, [f"{self.kind} {self.name}", ".".join(map(str, path))])), what)


class Batch(typing.NamedTuple):
    """What is applied at once, in this order."""
    documents: list
    faults: list
    folder: pathlib.Path | None = None  # none if it came from elsewhere


class Loader(yaml.SafeLoader):
    """Of two equal keys YAML takes the last and says nothing."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value} stands there twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def parse(source, data):
    try:
        contents = [content for content in yaml.load_all(data, Loader) if content is not None]
    except yaml.YAMLError as error:
        return Batch([], [Fault(source, "", "is not YAML that can be trusted: " + " ".join(str(error).split()))])
    strange = [c for c in contents if not (isinstance(c, dict) and isinstance(c.get("metadata"), dict))]
    return Batch([Document(source, c) for c in contents if c not in strange],
                 [Fault(source, "", f"has something without metadata, so it is no object of Kubernetes: {str(c)[:80]}") for c in strange])


def read_file(path):
    """`-` is the standard input."""
    return parse("standard input", sys.stdin.buffer.read()) if str(path) == "-" else parse(str(path), pathlib.Path(path).read_bytes())


def read_folder(folder):
    """As `kubectl apply -f folder`: the files by their names, and not those in folders below."""
    batch = Batch([], list(oddities(folder)), folder)
    for path in sorted(folder.glob("*.yaml")):
        if path.exists():
            one = read_file(path)
            batch.documents.extend(one.documents)
            batch.faults.extend(one.faults)
    return batch


def oddities(folder):
    for path in sorted(folder.iterdir()):
        if path.is_symlink() and (os.path.isabs(path.readlink()) or not path.exists()):
            yield Fault(str(path), "", f"is a link to {path.readlink()}; expected a relative one to a file that is there")
        elif path.is_dir() and any(path.rglob("*.yaml")):
            yield Fault(str(path), "", "lies below manifests, where kubectl apply -f does not look; expected a flat folder")
        elif path.suffix in (".yml", ".json"):
            yield Fault(str(path), "", "has another suffix than the other manifests, .yaml")


def folders_of(top):
    """The folders below, itself among them, that are applied each for itself."""
    return sorted({path.parent for path in top.rglob("*.y*ml")})
