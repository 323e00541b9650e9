# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""An API server of Kubernetes as far as kubectl needs it to look at nodes, change them, and apply a few objects.

    api_server.py PORT FOLDER

The folder has what it is and what happens: `nodes`, a line for each, which tests write and PATCH changes; `requests`, what was asked;
`meanwhile` becomes `nodes` before the next PATCH, as if somebody else had been faster; while `hang` is there, nothing is answered;
`cert.pem` and `key.pem` make it speak TLS. Whoever has the token `guard` may do what k8s/guard allows; `admin` may do all.

A line is NAME ROLES READY AGE TAINTS, such as `n1 etcd,control-plane Unknown 40 a=b:NoExecute`; - is none. An age is in seconds, or a
time as it is; a taint has no value if it has no =.
"""
import copy
import json
import pathlib
import ssl
import sys
import threading
import time
import urllib.parse
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FOLDER = pathlib.Path(sys.argv[2])
GROUPS = {"v1": {"nodes": "Node", "serviceaccounts": "ServiceAccount", "secrets": "Secret"},
          "rbac.authorization.k8s.io/v1": {"clusterroles": "ClusterRole", "clusterrolebindings": "ClusterRoleBinding"}}
NAMESPACED = {"serviceaccounts", "secrets"}
TOKEN = {"token": "Z3VhcmQ="}  # guard
lock = threading.Lock()
store = {}  # other objects than nodes, by path


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


def patched(content, operations):
    """By the part of JSON Patch that is needed."""
    content = copy.deepcopy(content)
    for operation in operations:
        *path, last = operation["path"].strip("/").split("/")
        target = content
        for key in path:
            target = target[key]
        if operation["op"] == "remove":
            del target[int(last) if isinstance(target, list) else last]
        elif isinstance(target, list) and operation["op"] == "add":
            target.insert(len(target) if last == "-" else int(last), operation["value"])
        else:
            target[last] = operation["value"]
    return content


def patch_node(name, operations):
    if (FOLDER / "meanwhile").exists():
        (FOLDER / "meanwhile").replace(FOLDER / "nodes")
    lines = (FOLDER / "nodes").read_text().splitlines()
    place = [line.split()[0] for line in lines].index(name)
    before = node(lines[place])
    after = patched(before, operations)
    if after["metadata"]["resourceVersion"] != before["metadata"]["resourceVersion"]:
        return 409, {"reason": "Conflict", "message": "the object has been modified"}
    lines[place] = with_taints(lines[place], after["spec"].get("taints", []))
    (FOLDER / "nodes").write_text("\n".join(lines) + "\n")
    return 200, node(lines[place])


def discovery(path):
    if path == "/version":
        return {"major": "1", "minor": "35", "gitVersion": "v1.35.1"}
    if path == "/api":
        return {"kind": "APIVersions", "versions": ["v1"]}
    if path == "/apis":
        version = {"groupVersion": "rbac.authorization.k8s.io/v1", "version": "v1"}
        group = {"name": "rbac.authorization.k8s.io", "versions": [version], "preferredVersion": version}
        return {"kind": "APIGroupList", "apiVersion": "v1", "groups": [group]}
    group = path.removeprefix("/apis/").removeprefix("/api/")
    verbs = ["create", "delete", "get", "list", "patch"]
    return group in GROUPS and {"kind": "APIResourceList", "groupVersion": group, "resources": [
        {"name": name, "kind": kind, "namespaced": name in NAMESPACED, "verbs": verbs} for name, kind in GROUPS[group].items()]}


def answer(method, path, query, body, user):
    """Code and content."""
    if method == "GET" and (found := discovery(path)):
        return 200, found
    kind, _, name = path.removeprefix("/api/v1/").partition("/")
    if kind != "nodes" and user != "admin" or user not in ("admin", "guard"):
        return 403, {"reason": "Forbidden", "message": f"{user} may not {method} {path}"}
    if kind == "nodes" and method == "GET":
        nodes = [node(line) for line in (FOLDER / "nodes").read_text().splitlines()]
        wanted = query.get("fieldSelector", [""])[0].removeprefix("metadata.name=") or name
        chosen = [one for one in nodes if not wanted or one["metadata"]["name"] == wanted]
        if not name:
            return 200, {"apiVersion": "v1", "kind": "NodeList", "metadata": {}, "items": chosen}
        return (200, chosen[0]) if chosen else (404, {"reason": "NotFound"})
    if kind == "nodes" and method == "PATCH":
        return patch_node(name, body)
    if method == "POST":
        path += "/" + body["metadata"]["name"]
        store[path] = body
    elif path not in store:
        return 404, {"reason": "NotFound", "message": f"{path} not found"}
    elif method == "DELETE":
        return 200, store.pop(path)
    found = copy.deepcopy(store[path])
    if found["kind"] == "Secret" and method == "GET":  # by the time of the first look the token is not there yet
        authority = FOLDER / "authority"
        store[path]["data"] = TOKEN | ({"ca.crt": authority.read_text().strip()} if authority.exists() else {})
    return 200, found


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
        url = urllib.parse.urlsplit(self.path)
        user = self.headers.get("Authorization", "").removeprefix("Bearer ")
        with lock:
            code, content = answer(self.command, url.path, urllib.parse.parse_qs(url.query), json.loads(body or "null"), user)
        if code >= 400:
            content = {"apiVersion": "v1", "kind": "Status", "status": "Failure", "code": code} | content
        data = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_DELETE = serve


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
if (FOLDER / "cert.pem").exists():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "cert.pem", FOLDER / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
(FOLDER / "port").write_text(str(server.server_port))
server.serve_forever()
