# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""The pipelines: each step is a script of ours that exists, actions are pinned, and nobody may more than is needed."""
import os
import pathlib
import re
import shlex
import unittest

import yaml

SOURCE = pathlib.Path(os.environ.get("LAPILLI_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
WORKFLOWS = {path.name: path.read_text() for path in sorted((SOURCE / ".github/workflows").glob("*.yml"))}
GITLAB = (SOURCE / ".gitlab-ci.yml").read_text()
EVENTS = {"push", "pull_request", "schedule", "workflow_dispatch"}  # none that runs the code of strangers with rights


def faults_of_command(text):
    if "${{" in text:
        yield f"'{text}': an expression would become a part of the command; expected a variable of env"
    words = shlex.split(text)
    script = words[1] if words[0] == "sudo" else words[0]
    if not re.match(r"(scripts|tests|docs)/", script):
        yield f"'{text}': expected a script of ours, so that it runs here as well"
    elif not os.access(SOURCE / script, os.X_OK) or (SOURCE / script).is_dir():
        yield f"'{text}': there is no program {script}"
    if re.search(r"[;|&\n]", text):
        yield f"'{text}': does more than to call a script"


def faults_of_step(step):
    if "run" in step:
        yield from faults_of_command(step["run"])
    elif step["uses"].startswith("actions/checkout@") and step.get("with", {}).get("persist-credentials") is not False:
        yield "checkout: leaves the token in .git; expected persist-credentials: false"


def faults_of_job(job):
    if "timeout-minutes" not in job:
        yield "has no timeout-minutes"
    if "permissions" not in job:
        yield "does not say its permissions"
    may = job.get("permissions", {})
    if may == "write-all" or (may != {"contents": "read"} and "environment" not in job):
        yield f"may {may} without the approval of an environment"
    if "secrets." in str(job) and "environment" not in job:
        yield "has secrets without the approval of an environment"
    for step in job["steps"]:
        yield from faults_of_step(step)


def faults_of_pins(text):
    for line in re.findall(r"uses: (.*)", text):
        if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line):
            yield f"{line}: expected the digest of a commit, and behind it its version"


def faults_of_workflow(text):
    content = yaml.safe_load(text)
    if content.get("permissions") != {}:
        yield "gives permissions to all jobs; expected permissions: {}"
    events = content[True]  # YAML takes `on` for that
    if not set(events) <= EVENTS:
        yield f"is started by {set(events) - EVENTS}"
    yield from faults_of_pins(text)
    for name, job in content["jobs"].items():
        yield from (f"{name}: {fault}" for fault in faults_of_job(job))


def faults(workflows):
    for name, text in workflows.items():
        yield from (f"{name}: {fault}" for fault in faults_of_workflow(text))
    pins = {}
    for action, digest in re.findall(r"uses: (\S+)@(\S+)", "".join(workflows.values())):
        if pins.setdefault(action, digest) != digest:
            yield f"{action} is there in two versions"
    jobs = yaml.safe_load(workflows["release.yml"])["jobs"]
    first = [name for name, job in jobs.items() if "needs" not in job]
    if [jobs[name]["steps"][-1].get("run", "").split(" ")[0] for name in first] != ["scripts/owner/pipeline/check_version"]:
        yield "release.yml: begins with something else than check_version"


EDITS = [  # a workflow; what stands there; what is planted in its place; part of the fault
    ("ci.yml", "permissions: {}", "permissions: {contents: write}", "gives permissions to all jobs"),
    ("ci.yml", "pull_request:", "pull_request_target:", "is started by {'pull_request_target'}"),
    ("ci.yml", "    permissions: {contents: read}\n", "", "does not say its permissions"),
    ("ci.yml", "    permissions: {contents: read}\n", "    permissions: {contents: write}\n", "without the approval"),
    ("ci.yml", "    timeout-minutes: 30\n", "", "has no timeout-minutes"),
    ("ci.yml", "08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0", "v5", "expected the digest of a commit"),
    ("ci.yml", "dd907a8 # v5.0.0", "dd907a8", "behind it its version"),
    ("ci.yml", "08c6903", "08c6904", "actions/checkout is there in two versions"),
    ("ci.yml", "with: {persist-credentials: false}", "with: {persist-credentials: true}", "leaves the token in .git"),
    ("ci.yml", "scripts/test --all", "scripts/tests --all", "there is no program scripts/tests"),
    ("ci.yml", "scripts/test --all", "scripts/limits.sh", "there is no program scripts/limits.sh"),
    ("ci.yml", "scripts/test --all", "make test", "expected a script of ours"),
    ("ci.yml", "scripts/test --all", "scripts/test --all; make", "does more than to call a script"),
    ("deploy.yml", '"$FOLDER"', "${{ inputs.folder }}", "an expression would become a part of the command"),
    ("deploy.yml", "    environment: cluster\n", "", "has secrets without the approval"),
    ("release.yml", "    environment: release # with approval\n", "", "publish: may {'contents': 'write'"),
    ("pages.yml", "    environment: github-pages\n", "", "publish: may {'pages': 'write'"),
    ("release.yml", "    needs: version\n", "", "begins with something else than check_version"),
]


class Workflows(unittest.TestCase):
    def test_nothing_is_wrong_with_ours(self):
        self.assertEqual(set(WORKFLOWS), {"ci.yml", "nightly.yml", "release.yml", "deploy.yml", "pages.yml"})
        self.assertEqual(list(faults(WORKFLOWS)), [])

    def test_a_planted_fault_is_found(self):
        for name, old, new, part in EDITS:
            with self.subTest(file=name, new=new):
                self.assertIn(old, WORKFLOWS[name], "the workflow has changed, and this case has to follow")
                found = list(faults(WORKFLOWS | {name: WORKFLOWS[name].replace(old, new, 1)}))
                self.assertTrue(any(part in fault for fault in found), f"expected a fault with '{part}', found: {found}")

    def test_gitlab_runs_what_github_runs(self):
        ours = yaml.safe_load(GITLAB)
        jobs = yaml.safe_load(WORKFLOWS["ci.yml"])["jobs"]
        for name in "tests", "package":
            self.assertEqual(ours[name]["script"], [step["run"] for step in jobs[name]["steps"] if "run" in step])
            self.assertEqual(ours["default"]["image"], jobs[name]["container"]["image"])

    def test_each_step_of_a_pipeline_is_used(self):
        steps = {path.name for path in (SOURCE / "scripts/owner/pipeline").iterdir() if os.access(path, os.X_OK)}
        unused = {step for step in steps if f"pipeline/{step}" not in "".join(WORKFLOWS.values())}
        self.assertEqual(unused, {"prepare_release", "release_notes"}, "the first is for people, the other a part of gather_release")


if __name__ == "__main__":
    unittest.main()
