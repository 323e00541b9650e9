# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""An API server of Kubernetes as far as kubectl needs it to see nodes and to change their taints. For node_guard_test.sh.

    node_server.py FOLDER

The folder has what it is and what happens: `nodes`, a line for each, which tests write and PATCH changes; `requests`, what was asked;
`meanwhile` becomes `nodes` before the next PATCH, as if somebody else had been faster; while `hang` is there, nothing is answered, and
while `pair` is there, a PATCH waits for a second one of the same node. The server writes its port into `port` when it is ready.

A line is NAME ROLES READY AGE TAINTS, such as `n1 etcd,control-plane Unknown 40 a=b:NoExecute`; - is none. An age is in seconds, or a
time as it is; a taint has no value if it has no =.
"""
import contextlib
import json
import pathlib
import sys
import threading
import time
import urllib.parse
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FOLDER = pathlib.Path(sys.argv[1])
DISCOVERY = {
    "/version": {"major": "1", "minor": "35", "gitVersion": "v1.35.1"},
    "/api": {"kind": "APIVersions", "versions": ["v1"]},
    "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
    "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1",
                "resources": [{"name": "nodes", "kind": "Node", "namespaced": False, "verbs": ["get", "list", "patch"]}]},
}
lock = threading.Lock()


def node(line):
    name, roles, ready, age, taints = line.split()
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - int(age))) if age.lstrip("-").isdigit() else age
    made = {"apiVersion": "v1", "kind": "Node", "spec": {}, "status": {},
            "metadata": {"name": name.replace("\\s", " "), "resourceVersion": str(zlib.crc32(line.encode()))}}
    if roles != "-":
        made["metadata"]["labels"] = {f"node-role.kubernetes.io/{role}": "" for role in roles.split(",")}
    if ready != "-":
        made["status"]["conditions"] = [{"type": "MemoryPressure", "status": "Unknown", "lastTransitionTime": "2020-01-01T00:00:00Z"},
                                        {"type": "Ready", "status": ready, "lastTransitionTime": since}]
    if taints != "-":
        made["spec"]["taints"] = [taint(word) for word in taints.split(",")]
    return made


def taint(word):
    key, _, effect = word.partition(":")
    key, is_set, value = key.partition("=")
    return {"key": key, "effect": effect} | ({"value": value} if is_set else {})


def with_taints(line, taints):
    words = [t["key"] + (f"={t['value']}" if "value" in t else "") + f":{t['effect']}" for t in taints]
    return " ".join([*line.split()[:4], ",".join(words) or "-"])


def patch(content, operations):
    """By the part of JSON Patch that is needed."""
    for operation in operations:
        *path, last = operation["path"].strip("/").split("/")
        target = content
        for key in path:
            target = target[key]
        if operation["op"] == "remove":
            del target[int(last)]
        elif isinstance(target, list):
            target.insert(len(target) if last == "-" else int(last), operation["value"])
        else:
            target[last] = operation["value"]


def patch_node(name, operations):
    if (FOLDER / "meanwhile").exists():
        (FOLDER / "meanwhile").replace(FOLDER / "nodes")
    lines = (FOLDER / "nodes").read_text().splitlines()
    place = [line.split()[0] for line in lines].index(name)
    changed = node(lines[place])
    version = changed["metadata"]["resourceVersion"]
    patch(changed, operations)
    if changed["metadata"]["resourceVersion"] != version:
        return 409, {"reason": "Conflict", "message": "the object has been modified"}
    lines[place] = with_taints(lines[place], changed["spec"].get("taints", []))
    (FOLDER / "nodes").write_text("\n".join(lines) + "\n")
    return 200, node(lines[place])


def answer(method, path, query, operations):
    """Code and content."""
    if path in DISCOVERY:
        return 200, DISCOVERY[path]
    collection, _, name = path.partition("/nodes/")
    if method == "PATCH" and collection == "/api/v1":
        return patch_node(name, operations)
    nodes = [node(line) for line in (FOLDER / "nodes").read_text().splitlines()]
    if method == "GET" and path == "/api/v1/nodes":
        name = query.get("fieldSelector", [""])[0].removeprefix("metadata.name=")
        return 200, {"apiVersion": "v1", "kind": "NodeList", "metadata": {},
                     "items": [one for one in nodes if name in ("", one["metadata"]["name"])]}
    chosen = [one for one in nodes if one["metadata"]["name"] == name]
    return (200, chosen[0]) if method == "GET" and chosen else (404, {"reason": "NotFound", "message": f"there is no {path}"})


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        with (FOLDER / "requests").open("a") as requests:
            requests.write(f"{self.command} {self.path} {body}\n")
        while (FOLDER / "hang").exists():
            time.sleep(0.1)
        while self.command == "PATCH" and (FOLDER / "pair").exists() and (FOLDER / "requests").read_text().count(f"PATCH {self.path} ") < 2:
            time.sleep(0.1)
        url = urllib.parse.urlsplit(self.path)
        with lock:
            code, content = answer(self.command, url.path, urllib.parse.parse_qs(url.query), json.loads(body or "null"))
        if code >= 400:
            content = {"apiVersion": "v1", "kind": "Status", "status": "Failure", "code": code} | content
        data = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        with contextlib.suppress(OSError):  # who asked may have given up
            self.end_headers()
            self.wfile.write(data)

    do_GET = do_PATCH = serve


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
(FOLDER / "port").write_text(str(server.server_port))
server.serve_forever()
