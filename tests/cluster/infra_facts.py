# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""What is true of infra/azure, read from its files: each fact yields a sentence for each violation. Terraform itself is not needed."""
import re

import hcl2

# name of the rule: protocol, ports, sources
RULES = {
    "ssh": ("Tcp", ["22"], "${concat(var.ssh_cidrs, local.inside)}"),
    "api": ("Tcp", ["6443"], "${local.inside}"),
    "database": ("Tcp", ["2379-2380"], "${local.among_servers}"),
    "kubelet": ("Tcp", ["10250"], "${local.inside}"),
    "flannel": ("Udp", ["8472"], "${local.inside}"),
    "nfs": ("Tcp", ["2049"], "${local.inside}"),
    "ping": ("Icmp", ["*"], "${local.inside}"),
    "mpi": ("Tcp", ["1024-65535"], "${var.mpi_without_pods ? local.inside : []}"),
    "ingress": ("Tcp", ["80", "443"], "${var.ingress_cidrs}"),
}
AS_THE_RULES_SAY = {  # of what opens ports
    "source_address_prefixes": "${each.value.sources}",
    "destination_address_prefixes": "${try(each.value.targets, local.inside)}",
    "destination_port_range": '${each.value.ports == ["*"] ? "*" : None}',
    "destination_port_ranges": '${each.value.ports == ["*"] ? None : each.value.ports}',
    "protocol": "${each.value.protocol}",
    "direction": "Inbound",
}
CLOSED_BY_DEFAULT = {"ingress_cidrs": [], "mpi_without_pods": False}
WITHOUT_TAGS = {  # these have none
    "azurerm_subnet", "azurerm_network_security_rule", "azurerm_subnet_network_security_group_association",
    "azurerm_nat_gateway_public_ip_association", "azurerm_subnet_nat_gateway_association",
    "azurerm_virtual_machine_data_disk_attachment", "azurerm_storage_share", "azurerm_role_assignment",
}
SENTENCE = re.compile(r"^[a-z0-9_]+ [^.;]+(\.[^ ;][^.;]*)*; expected [^;]+; [^;]+\.$")
SECRET = re.compile(r"(?i)\b\w*(token|password|secret|credential|access_key|sas_url)\w*")
NAMES = {"secret", "secrets", "Secrets", "token", "tokens", "access_token", "tokens_of"}  # where they are fetched, which is fact enough
MAY_NAME = {"cloud-init/join", "join.tf", "identities.tf", "variables_unattended.tf"}
CLIENT_IDS = "${{for kind , identity in azurerm_user_assigned_identity.machine : kind => identity.client_id}}"
READS = "${var.unattended ? {'server': 'server', 'server_for_agents': 'server', 'agent': 'agent'} : {}}"
NO_SECRETS = {"disable_password_authentication", "shared_access_key_enabled", "tokens"}  # names of what keeps them out; a word of comments


class Plan:
    """The files of a folder, taken apart."""

    def __init__(self, folder):
        self.texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
                      for pattern in ("*.tf", "*.tftpl", "cloud-init/*") for path in sorted(folder.glob(pattern))}
        self.readme = (folder / "README.md").read_text(encoding="utf-8")
        self.variables, self.outputs, self.locals, self.resources, self.others = {}, {}, {}, {}, []
        for name, text in self.texts.items():
            if name.endswith(".tf"):
                self._take(hcl2.loads(text))

    def _take(self, parts):
        for kind, blocks in parts.items():
            for block in blocks:
                if kind == "variable":
                    self.variables.update(block)
                elif kind == "output":
                    self.outputs.update(block)
                elif kind == "locals":
                    self.locals.update(block)
                elif kind == "resource":
                    for type_of, named in block.items():
                        for name, body in named.items():
                            self.resources[f"{type_of}.{name}"] = body
                else:
                    self.others.append((kind, block))

    def of_type(self, type_of):
        return {address: body for address, body in self.resources.items() if address.split(".")[0] == type_of}


def only_known_rules_open_ports(plan):
    for name, rule in plan.locals["rules"].items():
        told = (rule["protocol"], rule["ports"], rule["sources"])
        if told != RULES.get(name):
            yield f"the rule {name} is {told}; expected {RULES.get(name)}"
    for address, rule in plan.of_type("azurerm_network_security_rule").items():
        for key in sorted({*AS_THE_RULES_SAY, *(key for key in rule if "address" in key)}) if rule["access"] == "Allow" else []:
            if str(rule.get(key)).replace("'", '"') != str(AS_THE_RULES_SAY.get(key)):
                yield f"{key} of {address} is {rule.get(key)}"
    if plan.locals["inside"] != ["${var.network}"]:
        yield f"inside is {plan.locals['inside']}; expected the network of the machines alone"
    for name, default in CLOSED_BY_DEFAULT.items():
        if plan.variables[name].get("default", "none") != default:
            yield f"{name} is open by default"
    if "default" in plan.variables["ssh_cidrs"]:
        yield "ssh_cidrs has a default; expected that one says who may come in"


def all_else_is_closed(plan):
    rule = plan.resources.get("azurerm_network_security_rule.close", {})
    wanted = {"direction": "Inbound", "access": "Deny", "priority": 4096, "protocol": "*", "source_address_prefix": "*",
              "destination_address_prefix": "*", "destination_port_range": "*", "source_port_range": "*"}
    for key, value in wanted.items():
        if rule.get(key) != value:
            yield f"the last rule does not close everything: {key} is {rule.get(key)}"
    if len(plan.of_type("azurerm_subnet_network_security_group_association")) != 1:
        yield "the rules are for no subnet"
    if plan.resources["azurerm_subnet.nodes"].get("default_outbound_access_enabled") is not False:
        yield "machines get out by Azure's own way, which nobody sees"


def only_the_first_server_has_a_public_address(plan):
    for address, card in plan.of_type("azurerm_network_interface").items():
        for address_of_card in card["ip_configuration"]:
            public = address_of_card.get("public_ip_address_id")
            if address != "azurerm_network_interface.server" and public is not None:
                yield f"{address} has a public address"
            first_alone = "${each.key == local.first ? azurerm_public_ip.server.id : None}"
            if address == "azurerm_network_interface.server" and public != first_alone:
                yield f"the public address of servers is {public}"
    for address, public in plan.of_type("azurerm_public_ip").items():
        if public["allocation_method"] != "Static":
            yield f"{address} may change"


def nobody_logs_in_by_password(plan):
    for address, machine in plan.of_type("azurerm_linux_virtual_machine").items():
        if machine.get("disable_password_authentication") is not True or "admin_password" in machine:
            yield f"{address} lets passwords in"
        if [key["public_key"] for key in machine["admin_ssh_key"]] != ["${trimspace(var.ssh_public_key)}"]:
            yield f"{address} lets another key in"
        if "identity" in machine:
            yield f"{address} has an identity that could ask for secrets"


def no_secret_is_anywhere(plan):
    for name, text in plan.texts.items():
        for word in sorted({match.group(0) for match in SECRET.finditer(text)} - NO_SECRETS - (NAMES if name in MAY_NAME else set())):
            yield f"{name} speaks of {word}"
    for name, block in {**plan.variables, **plan.outputs}.items():
        if block.get("sensitive"):
            yield f"{name} is sensitive, so it is a secret, and the state has it"


def machines_ask_for_secrets_only_when_unattended(plan):
    if plan.variables["unattended"].get("default") is not False:
        yield "machines join by themselves by default"
    if any("key_vault" in address for address in plan.resources):
        yield "Terraform makes a vault or a secret, so its state has it"
    wanted = {
        "identities": (plan.locals["identities"], "${var.unattended ? toset(['server', 'agent']) : toset([])}"),
        "reads": (plan.locals["reads"], READS),
        "for_each of identities": (plan.resources["azurerm_user_assigned_identity.machine"].get("for_each"), "${local.identities}"),
    }
    wanted["client_ids"] = (plan.locals["client_ids"], CLIENT_IDS)
    role = plan.resources["azurerm_role_assignment.read"]
    for key, value in {
            "for_each": "${local.reads}", "role_definition_name": "Key Vault Secrets User",
            "scope": '${var.key_vault_id}/secrets/${each.key == "server" ? local.tokens_of.server : local.tokens_of.agent}',
            "principal_id": "${azurerm_user_assigned_identity.machine[each.value].principal_id}"}.items():
        wanted[f"{key} of the role"] = (role.get(key), value)
    for kind in ("server", "agent"):
        blocks = plan.resources[f"azurerm_linux_virtual_machine.{kind}"].get("dynamic", [])
        own = {"for_each": f"${{var.unattended ? ['{kind}'] : []}}", "content": [
            {"type": "UserAssigned", "identity_ids": ["${azurerm_user_assigned_identity.machine[identity.value].id}"]}]}
        wanted[f"who a {kind} is"] = (blocks, [{"identity": own}])
    for what, (found, expected) in wanted.items():
        if found != expected:
            yield f"{what} is {found}; expected {expected}"
    if len(plan.of_type("azurerm_role_assignment")) != 1 or len(plan.of_type("azurerm_user_assigned_identity")) != 1:
        yield "there are further identities or roles"
    secrets = {kind: join["secrets"] for kind, join in plan.locals["join"].items()}
    if secrets != {"first": "${local.both}", "server": "${local.both}", "agent": ["${local.tokens_of.agent}"]}:
        yield f"machines ask for {secrets}"


def machines_only_get_ready(plan):
    for name, text in plan.texts.items():
        if re.search(r"^ *(provisioner|connection) ", text, re.M):
            yield f"{name} has a provisioner; expected that K3s comes by ssh only"
        if "boot" in name and re.search(r"^[^#\n]*k3s", text, re.M):
            yield f"{name} has K3s in it; expected packages and files only"
    for address, machine in plan.of_type("azurerm_linux_virtual_machine").items():
        if not machine["custom_data"].startswith("${base64encode(") or "local.first_boot." not in machine["custom_data"]:
            yield f"{address} does something else at its first boot"
        if machine["lifecycle"] != [{"ignore_changes": ["${custom_data}"]}]:
            yield f"{address} is made anew when its first boot changes"


def machines_are_of_debian_12(plan):
    for address, machine in plan.of_type("azurerm_linux_virtual_machine").items():
        image = machine["source_image_reference"][0]
        if (image["publisher"], image["offer"], image["sku"]) != ("Debian", "debian-12", "12-gen2"):
            yield f"{address} is of {image}"


def agents_alone_may_be_taken_away(plan):
    agent = plan.resources["azurerm_linux_virtual_machine.agent"]
    wanted = {"priority": '${var.spot_agents ? "Spot" : "Regular"}', "eviction_policy": "${var.spot_agents ? var.spot_eviction : None}",
              "max_bid_price": "${var.spot_agents ? var.spot_max_price : None}"}
    for key, value in wanted.items():
        if agent.get(key) != value:
            yield f"{key} of agents is {agent.get(key)}"
        if key in plan.resources["azurerm_linux_virtual_machine.server"]:
            yield f"servers have {key}"
    if plan.variables["spot_agents"].get("default") is not False:
        yield "agents are spot machines by default"


def the_share_is_for_the_subnet_alone(plan):
    account = plan.resources["azurerm_storage_account.work"]
    rules = account.get("network_rules", [{}])[0]
    subnets = rules.get("virtual_network_subnet_ids")
    if rules.get("default_action") != "Deny" or subnets != ["${azurerm_subnet.nodes.id}"] or "ip_rules" in rules:
        yield f"the storage account lets in {rules}"
    for key in ("shared_access_key_enabled", "allow_nested_items_to_be_public", "local_user_enabled"):
        if account.get(key) is not False:
            yield f"{key} of the storage account is {account.get(key)}"
    if plan.resources["azurerm_storage_share.work"].get("enabled_protocol") != "NFS":
        yield "the share is not of NFS"


def all_has_tags_and_the_name(plan):
    for address, body in plan.resources.items():
        if address.split(".")[0] not in WITHOUT_TAGS and "local.tags" not in str(body.get("tags")):
            yield f"{address} has no tags"
        name = str(body.get("name", ""))
        alone = ("nodes", "close", "lapilli", "${each.key}", "${var.storage_account}")
        if name and not name.startswith("${var.name}") and name not in alone:
            yield f"{address} is called {name}"


def every_variable_says_what_it_takes(plan):
    for name, variable in plan.variables.items():
        for key in ("description", "type", "validation"):
            if not variable.get(key):
                yield f"{name} has no {key}"
        for validation in variable.get("validation", []):
            message = validation["error_message"].replace('\\"', '"')
            if not SENTENCE.match(message) or not message.startswith(name):
                yield f"the message of {name} is not one sentence of what is, '; expected' and what to do: {message}"


def the_page_names_every_variable_and_output(plan):
    for name in {**plan.variables, **plan.outputs}:
        if f"`{name}`" not in plan.readme and f"-raw {name}" not in plan.readme:
            yield f"README.md does not say what {name} is"


def providers_are_pinned(plan):
    told = next(block for kind, block in plan.others if kind == "terraform")
    providers = told["required_providers"][0]
    if list(providers) != ["azurerm"] or not re.match(r"^~> \d+\.\d+$", providers["azurerm"]["version"]):
        yield f"the providers are {providers}"
    if any(kind in ("module", "data") for kind, _ in plan.others):
        yield "there are modules or data sources"


FACTS = [
    only_known_rules_open_ports, all_else_is_closed, only_the_first_server_has_a_public_address, nobody_logs_in_by_password,
    no_secret_is_anywhere, machines_ask_for_secrets_only_when_unattended, machines_only_get_ready,
    machines_are_of_debian_12, agents_alone_may_be_taken_away, the_share_is_for_the_subnet_alone, all_has_tags_and_the_name, every_variable_says_what_it_takes,
    the_page_names_every_variable_and_output, providers_are_pinned,
]
