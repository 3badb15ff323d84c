"""The stage: a folder, a configuration, the services, a mail server, and what speaks with them.

Whatever is started here is stopped here, by its process number, however the story ends.
"""
import contextlib
import csv
import ctypes
import email
import email.policy
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

FOLLOWS = {"intake": [], "measures": ["intake"], "lodging": ["intake"], "alerts": ["intake", "measures", "lodging"],
           "reporting": ["intake", "measures", "lodging"]}
SERVICES = ["intake", "measures", "lodging", "alerts", "reporting"]
STARTS_AT = "2021-01-04 06:00"
DOMAIN = "toit.test"
MAILBOX_OWNER = 8  # Debian's user mail
PATIENCE = 60  # seconds that anything may take before it is taken for stuck

INI = """\
# An organisation for the demonstration.
[organisation]
name = toit
data = data
endpoints = run
parameters = {parameters}
keys_copy = copies
clock = manual
manual_start = {start}
language = {language}
log_level = warning

[intake]

[measures]

[lodging]

[alerts]
mail_from = tremplin@{domain}
mail_domain = {domain}
organisation_label = Toit
relay_host = 127.0.0.1
relay_port = {port}
relay_tls = none

[reporting]
"""

MAIN_CF = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/state
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mx.{domain}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
smtpd_relay_restrictions = reject_unauth_destination
default_transport = error:nothing leaves the demonstration
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {mailboxes}
virtual_mailbox_maps = inline:{{ {boxes} }}
virtual_uid_maps = static:{owner}
virtual_gid_maps = static:{owner}
virtual_minimum_uid = {owner}
"""

MASTER_CF = """\
127.0.0.1:{port} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
virtual unix - n n - - virtual
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
"""


class NotRight(Exception):
    """A step did not come out as it should."""


class Refused(Exception):
    """A service said no; says why."""


def adopt_orphans():
    """What a child of ours leaves running becomes our child, and can be waited for."""
    PR_SET_CHILD_SUBREAPER = 36
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


class Stage:
    def __init__(self, programs, top, directory, language):
        self.programs, self.top, self.language = programs, top, language
        self.is_temporary = directory is None
        self.directory = directory or tempfile.mkdtemp(prefix="tremplin-")
        self.ini = f"{self.directory}/tremplin.ini"
        self.processes = {}
        self.postfix = None
        self.boxes = []
        self.positions = {}  # of the last command at each service

    def say(self, french, english):
        return english if self.language == "en" else french

    def path(self, *parts):
        return os.path.join(self.directory, *parts)

    def program(self, name):
        return os.path.join(self.programs, name)

    # --- before the curtain

    def prepare(self, boxes):
        """Writes the configuration; boxes are the staff's mailboxes, each a folder of its own."""
        try:
            os.makedirs(self.directory, exist_ok=True)
        except OSError as error:
            raise NotRight(self.say(f"le dossier {self.directory} ne peut pas être créé ({error.strerror})",
                                    f"the folder {self.directory} cannot be made ({error.strerror})")) from error
        if os.path.exists(self.ini):
            raise NotRight(self.say(f"{self.directory} contient déjà une démonstration : supprimez ce dossier, ou donnez-en un autre",
                                    f"{self.directory} holds a demonstration already: remove it, or give another folder"))
        os.chmod(self.directory, 0o711)  # the mail server's user passes through
        for folder in ("data", "run", "copies"):
            os.mkdir(self.path(folder), 0o700)
        self.boxes = boxes
        with socket.socket() as probe:  # a port that nobody has
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with open(self.ini, "w", encoding="utf-8") as file:
            file.write(INI.format(parameters=os.path.join(self.top, "deploy/parameters.csv"), start=STARTS_AT,
                                  language=self.language, domain=DOMAIN, port=self.port))

    def start_postfix(self):
        folder, names = self.path("postfix"), {}
        for inner in ("conf", "queue", "state"):
            os.makedirs(os.path.join(folder, inner))
        shutil.chown(os.path.join(folder, "state"), "postfix")
        os.mkdir(self.path("mail"), 0o755)
        os.chown(self.path("mail"), MAILBOX_OWNER, MAILBOX_OWNER)
        names = {"folder": folder, "domain": DOMAIN, "mailboxes": self.path("mail"), "owner": MAILBOX_OWNER, "port": self.port,
                 "boxes": ", ".join(f"{{ {box}@{DOMAIN} = {box}/ }}" for box in self.boxes)}
        for name, text in (("main.cf", MAIN_CF), ("master.cf", MASTER_CF)):
            with open(os.path.join(folder, "conf", name), "w", encoding="utf-8") as file:
                file.write(text.format(**names))
        adopt_orphans()
        environment = dict(os.environ, MAIL_CONFIG=os.path.join(folder, "conf"))
        self.run_quietly(["postfix", "-c", os.path.join(folder, "conf"), "check"], environment)
        daemons = subprocess.check_output(["postconf", "-c", os.path.join(folder, "conf"), "-h", "daemon_directory"], text=True).strip()
        # -w: comes back once the server serves.
        self.run_quietly([os.path.join(daemons, "master"), "-w", "-c", os.path.join(folder, "conf")], environment)
        with open(os.path.join(folder, "queue/pid/master.pid"), encoding="ascii") as file:
            self.postfix = int(file.read())

    def run_quietly(self, command, environment):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise NotRight(f"{' '.join(command)}: {done.stdout.strip()}")

    def start_services(self):
        for service in SERVICES:
            self.start_service(service)

    def start_service(self, service):
        """Starts it and waits for its READY=1, as systemd would."""
        address = self.path("run", f"{service}.ready")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(address)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready, open(self.path(f"{service}.log"), "ab") as log:
            ready.bind(address)
            ready.settimeout(PATIENCE)
            process = subprocess.Popen([self.program(f"tremplin-{service}"), "--config", self.ini], stdin=subprocess.DEVNULL,
                                       stdout=log, stderr=log, env=dict(os.environ, NOTIFY_SOCKET=address), start_new_session=True)
            self.processes[service] = process
            said = b""
            while b"READY=1" not in said:
                if process.poll() is not None:
                    raise NotRight(f"{service} does not start: {open(self.path(f'{service}.log'), encoding='utf-8').read()}")
                ready.settimeout(0.5)
                with contextlib.suppress(TimeoutError):
                    said = ready.recv(4096)
        os.unlink(address)

    # --- after it

    def stop(self):
        """Stops all that was started here; once is enough."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for name, process in self.processes.items():
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = {}
        if self.postfix:
            os.kill(self.postfix, signal.SIGTERM)  # ends its own children too
            self.postfix = None
            with contextlib.suppress(ChildProcessError):
                while True:
                    os.wait()

    def remove(self):
        if self.is_temporary:
            shutil.rmtree(self.directory, ignore_errors=True)

    # --- during

    def run_tremplin(self, *words):
        return subprocess.run([self.program("tremplin"), *words, "--config", self.ini, "--lang", self.language], stdin=subprocess.DEVNULL,
                              text=True, capture_output=True, env=dict(os.environ, TREMPLIN_ACTOR="demo"))

    def tremplin(self, *words):
        """Runs the operators' command; what it prints."""
        done = self.run_tremplin(*words)
        if done.returncode != 0:
            raise Refused(f"tremplin {' '.join(words)}: {done.returncode} {done.stdout}{done.stderr}")
        return done.stdout

    def call(self, method, /, **fields):
        """Calls a method; its reply.  A service that hears of what was just done elsewhere is asked
        after it has heard it, so that calls may follow one another without waiting."""
        service = method.split(".")[0]
        after = [self.positions[source] for source in FOLLOWS[service] if source in self.positions]
        words = ["call", method, json.dumps(fields)]
        done = self.run_tremplin(*words, *(["--after", after[-1]] if after else []))
        if done.returncode != 0:
            raise Refused(f"tremplin {' '.join(words)}: {done.returncode} {done.stderr}")
        if ": " in done.stderr:
            self.positions[service] = done.stderr.rpartition(": ")[2].strip()
        return json.loads(done.stdout)

    def refused(self, method, /, **fields):
        """Calls a method that a rule refuses; the code and sentence."""
        done = self.run_tremplin("call", method, json.dumps(fields))
        if done.returncode != 1:
            raise NotRight(f"{method} was not refused: {done.stdout}{done.stderr}")
        first, _, sentence = done.stderr.strip().partition("\n")
        return first.split()[0], sentence

    def clock_to(self, instant):
        self.tremplin("clock", "to", instant)

    def events(self, service, first=1):
        """All events of a service, from the first."""
        return [json.loads(line) for line in self.tremplin("watch", service, "--from", str(first), "--until-quiet").splitlines()]

    def statuses(self):
        return {status["service"]: status for status in map(json.loads, self.tremplin("status", "--json").splitlines())}

    def heads(self):
        return {service: status["head"] for service, status in self.statuses().items()}

    def write_csv(self, name, header, rows):
        with open(self.path(name), "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
        return self.path(name)

    # --- mailboxes

    def mails(self, box):
        """The mails in a mailbox, in the order of their coming."""
        folder = self.path("mail", box, "new")
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        mails = []
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                mails.append(email.message_from_binary_file(file, policy=email.policy.default))
        return sorted(mails, key=lambda mail: mail["Date"].datetime)

    def show_logs(self):
        """What the services said of what went wrong."""
        for service in [*SERVICES, "follow"]:
            with contextlib.suppress(FileNotFoundError), open(self.path(f"{service}.log"), encoding="utf-8") as file:
                said = file.read()[-2000:]
                if said:
                    print(f"--- {service}\n{said}", file=sys.stderr)
