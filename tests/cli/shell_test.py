# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""Shells complete verbs, options and values of the installed program: bash and zsh at a terminal, as a person types, and fish.
The manual page has all of them, and nothing that groff or mandoc warn of."""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import time

program = pathlib.Path(os.environ["LAPILLI"])
share = program.parent.parent / "share"
os.environ["PATH"] = f"{program.parent}:{os.environ['PATH']}"
faults = []


def expect(what, found, wanted):
    if found != wanted:
        faults.append(f"{what}: {found!r} instead of {wanted!r}")


def asked(shell, *words):
    """(words, directive) of the hidden verb."""
    said = subprocess.run([program, "__complete", shell, *words], capture_output=True, text=True, check=True).stdout
    *lines, last = said.splitlines()
    return [line.split("\t")[0] for line in lines], last


class Terminal:
    """A shell at a terminal, that shows what it has made of a line."""

    def __init__(self, command, *setup):
        self.child, self.end = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="dumb", PS1="> ", HISTFILE="/dev/null", HOME=os.getcwd())
            os.execvp(command[0], command)
        for line in setup:
            self.type(line + "\n")
        self.type("echo rea''dy\n")
        self.wait_for("ready")

    def type(self, text):
        os.write(self.end, text.encode())

    def wait_for(self, pattern):
        seen, until = "", time.monotonic() + 30
        while time.monotonic() < until:
            if select.select([self.end], [], [], 0.2)[0]:
                seen += os.read(self.end, 65536).decode(errors="replace")
                if found := re.search(pattern, seen):
                    return found
        sys.exit(f"no {pattern!r} within 30 s: {seen!r}")

    def completed(self, line):
        """The words of the line after Tab: the line is printed instead of run."""
        self.type(line + "\t\x01echo 'ma''de' \n")
        return self.wait_for(r"\nmade ([^\r\n]*)")[1].rstrip()

    def close(self):
        self.type("\x03\nexit\n")
        os.close(self.end)
        os.waitpid(self.child, 0)


def check_words():
    """What the program says, whoever asks."""
    expect("verbs", asked("fish", "a"), (["analyze"], ":none"))
    expect("a value", asked("fish", "analyze", "--boundary", ""), (["sealed", "periodic"], ":none"))
    expect("behind =", asked("zsh", "analyze", "--boundary=s"), (["--boundary=sealed"], ":none"))
    expect("behind = in bash", asked("bash", "analyze", "--boundary", "=", "s"), (["sealed"], ":none"))
    expect("right behind = in bash", asked("bash", "info", "--endian", "="), (["little", "big"], ":none"))
    expect("a list", asked("fish", "analyze", "--axis", "x,"), (["x,y", "x,z", "x,all"], ":none"))
    expect("units", asked("fish", "info", "--voxel", "2.5u"), (["2.5um"], ":none"))
    expect("times", asked("fish", "info", "--grace", "10"), (["10s", "10min", "10h"], ":none"))
    expect("types", asked("fish", "info", "--type", "f"), (["f32", "f64"], ":none"))
    endings = ["tif", "raw", "h5", "mha", "nrrd", "npy", "vti", "zarr"]
    expect("endings", asked("fish", "generate", "tube", "-o", "a/b"), ([f"a/b.{ending}" for ending in endings], ":files"))
    expect("kinds", asked("fish", "generate", "t"), (["tube"], ":none"))
    expect("an image", asked("fish", "analyze", ""), ([], ":files"))
    expect("a folder", asked("fish", "analyze", "r.tif", "-o", ""), ([], ":folders"))
    expect("runs", asked("fish", "collect", "runs/"), (["runs/rock2", "runs/rock10"], ":folders"))
    expect("shells", asked("fish", "completions", ""), (["bash", "zsh", "fish"], ":none"))
    expect("an option twice", asked("fish", "info", "--quiet", "--qui"), ([], ":none"))
    expect("a list twice", asked("fish", "analyze", "--conductivity", "0=1", "--cond"), (["--conductivity"], ":none"))
    expect("nonsense", asked("fish", "anlyze", "--nothing", "\x01", "-"), (["--help", "-h", "--version"], ":none"))


def check_options():
    """Every option of every verb is offered, and stands in the manual page."""
    manual = (share / "man/man1/lapilli.1").read_text()
    expect("the installed manual page", subprocess.run([program, "man"], capture_output=True, text=True).stdout, manual)

    def entries(heading, *verb):
        text = subprocess.run([program, *verb, "--help"], capture_output=True, text=True, check=True).stdout
        if heading:
            return re.findall(r"^  ([a-z-]+)(?: |$)", text.split(heading)[1].split("\n\n")[0], re.M)
        return {name for names in re.findall(r"^  (-[-\w,]+)", text, re.M) for name in names.split(",")}
    verbs = [[verb] for verb in entries("Verbs:\n")]
    verbs += [["generate", kind] for kind in entries("Kinds:\n", "generate")]
    for verb in verbs:
        options = entries(None, *verb)
        expect(f"options of {' '.join(verb)}", set(asked("fish", *verb, "-")[0]), options)
        for name in [verb[-1], *options]:
            expect(f"{name} of {verb} in the manual page", f"\\fB{name}\\fR".replace("-", "\\-") in manual, True)
        expect(f"verb {verb}", verb[-1] in asked("fish", *verb[:-1], verb[-1])[0], True)
    expect("so many verbs and kinds", len(verbs) > 15, True)


def check_man():
    page = str(share / "man/man1/lapilli.1")
    for command in (["groff", "-man", "-ww", "-z", "-Tutf8", page], ["mandoc", "-Tlint", "-Wwarning", page]):
        if not shutil.which(command[0]):
            print(f"skipped: there is no {command[0]}")
            continue
        said = subprocess.run(command, capture_output=True, text=True)
        complaints = [line for line in (said.stdout + said.stderr).splitlines() if "missing date" not in line]
        expect(command[0], complaints, [])


def check_bash():
    shell = Terminal(["bash", "--norc", "--noprofile", "-i"], f"source '{share}/bash-completion/completions/lapilli'")
    shell.type("complete -p lapilli\n")
    shell.wait_for("complete -F _lapilli lapilli")
    expect("bash, a verb", shell.completed("lapilli ana"), "lapilli analyze")
    expect("bash, an option", shell.completed("lapilli analyze --bou"), "lapilli analyze --boundary")
    expect("bash, a value", shell.completed("lapilli analyze --boundary=per"), "lapilli analyze --boundary=periodic")
    expect("bash, an image", shell.completed("lapilli analyze my"), "lapilli analyze my scan.tif")
    expect("bash, an image behind =", shell.completed("lapilli analyze --image=my"), "lapilli analyze --image=my scan.tif")
    expect("bash, a run", shell.completed("lapilli collect runs/rock1"), "lapilli collect runs/rock10/")
    expect("bash, a folder", shell.completed("lapilli analyze -o em"), "lapilli analyze -o empty/")
    expect("bash, nothing", shell.completed("lapilli analyze --accuracy my"), "lapilli analyze --accuracy my")
    shell.close()


def check_zsh():
    shell = Terminal(["zsh", "-f", "-i"], "unsetopt zle_bracketed_paste; bindkey -e; PS1='> '", f"fpath=('{share}/zsh/site-functions' $fpath)",
                     "autoload -Uz compinit && compinit -u -D")
    expect("zsh, a verb", shell.completed("lapilli ana"), "lapilli analyze")
    expect("zsh, an option", shell.completed("lapilli analyze --bou"), "lapilli analyze --boundary")
    expect("zsh, a value", shell.completed("lapilli analyze --boundary=per"), "lapilli analyze --boundary=periodic")
    expect("zsh, an image", shell.completed("lapilli analyze my"), "lapilli analyze my scan.tif")
    expect("zsh, an image behind =", shell.completed("lapilli analyze --image=my"), "lapilli analyze --image=my scan.tif")
    expect("zsh, a run", shell.completed("lapilli collect runs/rock1"), "lapilli collect runs/rock10")
    expect("zsh, a folder", shell.completed("lapilli analyze -o em"), "lapilli analyze -o empty")
    shell.close()
    shell = Terminal(["zsh", "-f", "-i"], "unsetopt zle_bracketed_paste; bindkey -e; PS1='> '; autoload -Uz compinit && compinit -u -D",
                     "source <(lapilli completions zsh)")
    expect("zsh, printed", shell.completed("lapilli ana"), "lapilli analyze")
    shell.close()


def check_fish():
    def completed(line):
        script = f"source '{share}/fish/vendor_completions.d/lapilli.fish'; complete -C '{line}'"
        said = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, check=True).stdout
        return [word.split("\t")[0] for word in said.splitlines()]
    expect("fish, a verb", completed("lapilli ana"), ["analyze"])
    expect("fish, an option", completed("lapilli analyze --bou"), ["--boundary"])
    expect("fish, a value", completed("lapilli analyze --boundary=per"), ["--boundary=periodic"])
    expect("fish, an image", completed("lapilli analyze my"), ["my scan.tif"])
    expect("fish, an image behind =", completed("lapilli analyze --image=my"), ["--image=my scan.tif"])
    expect("fish, a run", completed("lapilli collect runs/r"), ["runs/rock2", "runs/rock10"])
    expect("fish, a folder beside runs", completed("lapilli collect runs/o"), ["runs/other/"])
    expect("fish, a folder", completed("lapilli analyze -o em"), ["empty/"])


for folder in ("runs/rock10", "runs/rock2", "runs/other", "empty"):
    pathlib.Path(folder).mkdir(parents=True)
for file in ("my scan.tif", "runs/rock10/result.json", "runs/rock2/progress.jsonl"):
    pathlib.Path(file).touch()
check_words()
check_options()
check_man()
for shell, check in {"bash": check_bash, "zsh": check_zsh, "fish": check_fish}.items():
    if shutil.which(shell):
        check()
        printed = subprocess.run([program, "completions", shell], capture_output=True, text=True, check=True).stdout
        subprocess.run([shell, "-n"], input=printed, text=True, check=True)
    else:
        print(f"skipped: there is no {shell}")
print("\n".join(f"FAILED: {fault}" for fault in faults))
sys.exit(1 if faults else 0)
