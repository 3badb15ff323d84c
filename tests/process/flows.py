"""An organisation's services as real processes, commands for them, and what came of each: for flows."""
import importlib.machinery
import importlib.util
import json
import os
import random
import signal
import subprocess
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PATIENCE_S = 60


class Failed(Exception):
    """What must hold does not."""

    def shortly(self):
        return " ".join(self.args[0].split())[:240]


def new_id():
    """A UUIDv7, as senders make them."""
    ms, rest = time.time_ns() // 1000000, random.getrandbits(74)
    number = ms << 80 | 7 << 76 | (rest >> 62) << 64 | 2 << 62 | rest & ((1 << 62) - 1)
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class Organisation:
    """Its data in one folder, which may be a disk of its own; its sockets and logs in another."""

    def __init__(self, build, folder, data, services, programs=None, lines=""):
        self.build, self.folder, self.services, self.running = build, folder, services, {}
        self.programs = programs or {}  # other programs for a service than the build's
        self.config = f"{folder}/tremplin.ini"
        os.makedirs(folder, exist_ok=True)
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(f"[organisation]\nname = toit\nservices = {' '.join(services)}\ndata = {data}\n"
                       f"endpoints = {folder}/run\nparameters = {TOP}/deploy/parameters.csv\nlog_level = warning\n{lines}")
            for service in services:
                file.write(f"\n[{service}]\n")
                if service == "alerts":
                    file.write("mail_from = tests@asso.test\nmail_domain = asso.test\n")

    def start(self, service):
        program = self.programs.get(service, f"{self.build}/tremplin-{service}")
        with open(f"{self.folder}/{service}.log", "ab") as log:
            self.running[service] = subprocess.Popen([program, "--config", self.config], stderr=log, stdout=log,
                                                     stdin=subprocess.DEVNULL)

    def kill(self, service):
        """Must be alive until then: a service that ends by itself has failed."""
        process = self.running.pop(service)
        ended = process.poll()
        process.send_signal(signal.SIGKILL)
        process.wait()
        if ended is not None:
            raise Failed(f"{service} ended by itself with {ended}: {self.said(service)}")

    def stop(self):
        """Whatever runs, at once."""
        for process in self.running.values():
            process.kill()
        for process in self.running.values():
            process.wait()
        self.running = {}

    def said(self, service):
        with open(f"{self.folder}/{service}.log", encoding="utf-8") as file:
            return " / ".join(file.read().splitlines()[-3:])

    def ctl(self, *words):
        return subprocess.run([f"{self.build}/tremplin", "--config", self.config, "--lang", "en", *words],
                              capture_output=True, text=True, timeout=600, check=False)

    def ask(self, method, asked, service=None):
        """A query's answer, waited for."""
        until = time.monotonic() + PATIENCE_S
        while True:
            at = ["--service", service] if service else []
            done = self.ctl("call", method, json.dumps(asked), *at)
            if done.returncode == 0:
                return json.loads(done.stdout)
            for name, process in self.running.items():
                if process.poll() is not None:
                    raise Failed(f"{name} ended with {process.returncode}: {self.said(name)}")
            if done.returncode == 1 or time.monotonic() > until:
                raise Failed(f"{method}: {done.stderr.strip()}")

    def settle(self):
        """Waits until every follower has heard all there is; how many entries each service has."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            told = {service: self.ask("Runtime.Status", {}, service) for service in self.services}
            heads = {service: int(status["head"]) for service, status in told.items()}
            behind = [f"{service} has heard {source.get('sequence', 0)} of {heads[source['service']]} of {source['service']}"
                      for service, status in told.items() for source in status.get("sources", [])
                      if source["service"] in heads and int(source.get("sequence", 0)) != heads[source["service"]]]
            halted = [source["reason"] for status in told.values() for source in status.get("sources", []) if source.get("halted")]
            if halted:
                raise Failed(f"a follower halted: {halted[0]}")
            if not behind and not any(status.get("busy") for status in told.values()):
                return heads
            time.sleep(0.1)
        raise Failed(f"after {PATIENCE_S} s {behind or told}")

    def events(self, service):
        """All that it ever emitted, pulled from its journal."""
        done = self.ctl("watch", service, "--until-quiet")
        if done.returncode != 0:
            raise Failed(f"watch {service}: {done.stderr.strip()}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def verify(self, service, follower=None):
        """The chain holds, the follower heard what was said, the tables are the journal replayed."""
        done = self.ctl("verify", service, *(["--with", follower] if follower else []))
        if done.returncode != 0:
            raise Failed(f"verify {service} {follower or ''}: {done.stdout.strip()} {done.stderr.strip()}")


def negative_controls():
    """tests/simulation/negative_controls as a module: how a mistake is compiled and linked as the build does."""
    loader = importlib.machinery.SourceFileLoader("negative_controls", f"{TOP}/tests/simulation/negative_controls")
    controls = importlib.util.module_from_spec(importlib.util.spec_from_loader("negative_controls", loader))
    loader.exec_module(controls)
    return controls


def broken_programs(build, patch, services, scratch):
    """The services' programs with one mistake, as the simulation's negative controls make them."""
    os.chdir(TOP)
    controls = negative_controls()
    objects = [controls.compile_as_built(build, name, scratch) for name in controls.patched_sources(patch, scratch)]
    for service in services:
        controls.link(build, f"tremplin-{service}", objects, f"{scratch}/tremplin-{service}")
    return {service: f"{scratch}/tremplin-{service}" for service in services}


class Command:
    def __init__(self, method, body, after="-"):
        self.id, self.method, self.body, self.after = new_id(), method, body, after
        self.at_ns = self.code = self.position = self.reply = None

    def line(self):
        return f"{self.id} {self.method} {self.after} {json.dumps(self.body)}\n"

    def done(self):
        return self.code == "done"

    def sequence(self):
        return int(self.position.rsplit("/", 1)[1])


def take_answer(line, commands):
    """Notes an answer at its command, which it gives back; a line cut short is no answer."""
    words = line.rstrip("\n").split(" ", 4)
    if len(words) < 5 or not line.endswith("\n"):
        return None
    command = commands[words[0]]
    command.at_ns, command.code, command.position, command.reply = int(words[1]), words[2], words[3], words[4]
    return command


# --- the commands of these flows -------------------------------------------------------------------------

SITUATION = {"type": "HOUSEHOLD_TYPE_SINGLE", "adults": 1, "ageBand": "AGE_BAND_40_60", "tenure": "TENURE_PUBLIC_TENANT",
             "locationType": "LOCATION_TYPE_TOWN_CENTRE", "resourceBand": "RESOURCE_BAND_AT_MINIMUM_LEVEL",
             "socioProfessionalStatus": "SOCIO_PROFESSIONAL_STATUS_EMPLOYED",
             "previousHousing": "PREVIOUS_HOUSING_OWN_TENANCY", "district": "ALENCON"}


def commission_unit(unit):
    return Command("lodging.CommissionUnit", {
        "unit": unit, "name": "Diffus", "places": 1, "holder": "RESERVATION_HOLDER_STATE", "manager": "TOIT",
        "rent": {"cents": "38000"}, "charges": {"cents": "6000"}, "services": {"cents": "1000"}})


def sign_title(unit, household):
    return Command("lodging.SignTitle", {"unit": unit, "household": household, "document": "TITRE",
                                         "houseRulesAnnexed": True, "termMonths": 24})


def record_payment(account, cents):
    return Command("lodging.RecordPayment", {"account": account, "amount": {"cents": str(cents)},
                                             "method": "PAYMENT_METHOD_TRANSFER"})


def register_household(household, name):
    return Command("intake.RegisterHousehold", {"household": household, "name": {"clear": name}, "situation": SITUATION})
