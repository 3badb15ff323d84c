"""town.py - the five services as real processes in a temporary folder, and the operators' command.

A service is started and waited for until it says READY=1 or ends; it is stopped by its pid.  Nothing
sleeps.  What still runs when the town is left is killed.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else SOURCE / ".build/gcc").resolve()
SERVICES = ["intake", "measures", "lodging", "alerts", "reporting"]
made = failed = 0


def about(text):
    print(f"# {text}", flush=True)


def check(holds, sentence, detail=""):
    """Prints a statement and whether it holds; a failure shows the detail."""
    global made, failed
    made += 1
    failed += not holds
    print(f"{'ok' if holds else 'not ok'} {made} - {sentence}")
    if not holds:
        for line in str(detail).splitlines()[-20:]:
            print(f"#   {line}")
    sys.stdout.flush()
    return bool(holds)


def done():
    print(f"1..{made}")
    sys.exit(1 if failed or not made else 0)


class Answer:
    """What the command printed, and its exit code."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __str__(self):
        return f"exit {self.code}\n{self.out}\n{self.err}"

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def position(self):
        """After a command that is done: what --after takes."""
        return self.err.rsplit(" ", 1)[-1].strip()


class Town:
    """A folder with a configuration, its processes, and a command to ask them."""

    def __init__(self, name="toit", lines="", services=SERVICES):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tremplin-"))
        self.config = self.folder / "tremplin.ini"
        self.services = services
        self.processes = {}
        self.config.write_text(
            f"[organisation]\nname = {name}\nservices = {' '.join(services)}\ndata = data\n"
            f"endpoints = run\nparameters = {SOURCE}/deploy/parameters.csv\nclock = manual\n"
            f"manual_start = 2020-01-06 08:00\n{lines}\n", encoding="utf-8")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for name in list(self.processes):
            self.end(name, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *names):
        """Starts services, all of them without names; true when each says that it is ready."""
        sockets = {}
        for name in names or self.services:
            path = self.folder / f"{name}.notify"
            path.unlink(missing_ok=True)
            sockets[name] = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            sockets[name].bind(str(path))
            sockets[name].settimeout(60)
            self.processes[name] = subprocess.Popen(
                [BUILD / f"tremplin-{name}", "--config", self.config],
                env=os.environ | {"NOTIFY_SOCKET": str(path)},
                stdout=subprocess.DEVNULL, stderr=open(self.folder / f"{name}.log", "ab"))
        ready = True
        for name, notified in sockets.items():
            try:
                while b"READY=1" not in notified.recv(4096):
                    pass
            except TimeoutError:
                ready = False
            notified.close()
        return ready

    def end(self, name, how=signal.SIGTERM):
        """The exit code, or minus the signal."""
        process = self.processes.pop(name)
        if process.poll() is None:
            process.send_signal(how)
        return process.wait(60)

    def end_all(self):
        return [self.end(name) for name in list(self.processes)]

    def is_running(self, name):
        return self.processes[name].poll() is None

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def run(self, *arguments, lang=None, stdin=None, config=None):
        """tremplin with these arguments."""
        command = [BUILD / "tremplin", "--config", config or self.config]
        command += ["--lang", lang] if lang else []
        ran = subprocess.run([*command, *map(str, arguments)], input=stdin, capture_output=True,
                             text=True, timeout=300)
        return Answer(ran.returncode, ran.stdout, ran.stderr)

    def call(self, method, asked, *arguments, **options):
        return self.run("call", method, json.dumps(asked), *arguments, **options)

    def heads(self):
        """Each service's journal head, by its status."""
        lines = self.run("status", "--json").out.splitlines()
        return {status["service"]: int(status.get("head", "0"))
                for status in map(json.loads, lines)}

    def write(self, name, content):
        """A file in the town's folder; content is text (as UTF-8) or bytes."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path
