"""What leaves: mails, what a foreign program hears, and names, which must not."""
import json
import os
import signal
import subprocess

from stage import DOMAIN, NotRight
from telling import NOTE, PEOPLE, Telling, day_of


SAMPLES = [("orne-2008", "instances seances travailleurs conventions menages demandes decisions mesures"),
           ("casp-2020", "residences logements menages sejours")]
# A mailbox each; an empty district means all of them.
STAFF = {
    "referente.alencon": (["KEY_WORKER"], "ALENCON"),
    "equipe.alencon": (["TEAM_LEADER"], "ALENCON"),
    "secretariat.alencon": (["COMMISSION_SECRETARY", "COMMISSION_MEMBER", "DISTRICT_HEAD"], "ALENCON"),
    "referents.paris": (["KEY_WORKER"], "PARIS"),
    "equipe.paris": (["TEAM_LEADER"], "PARIS"),
    "gestion.locative": (["RENTAL_MANAGER"], ""),
    "siao": (["REGULATOR"], ""),
    "coordination": (["COORDINATOR", "FUNDER_CONTACT"], ""),
    "direction": (["SERVICE_MANAGER", "DATA_PROTECTION_OFFICER"], ""),
    "accueil": (["REQUESTER"], ""),
    "exploitation": (["OPERATOR"], ""),
}


class Outside(Telling):
    """Mailboxes, the sample for integrators, and an erasure."""

    def follow(self):
        """Begins, or begins again, the program that an integrator would write."""
        stage = self.stage
        modules = stage.path("python")
        if not os.path.isdir(modules):
            os.mkdir(modules)
            protos = [f"proto/{name}" for name in sorted(os.listdir(os.path.join(stage.top, "proto"))) if name.endswith(".proto")]
            subprocess.run(["protoc", f"--proto_path={stage.top}", f"--python_out={modules}", *protos], check=True)
        log = open(stage.path("follow.log"), "ab")
        self.follower = subprocess.Popen(["/usr/bin/python3", os.path.join(stage.top, "deploy/sample/follow.py"), f"ipc://{stage.path('run/lodging')}", "lodging",
                                          stage.path("follow.jsonl")], env=dict(os.environ, PYTHONPATH=modules), stdout=log, stderr=log)
        log.close()
        stage.processes["follow.py"] = self.follower

    def followed(self):
        try:
            with open(self.stage.path("follow.jsonl"), encoding="utf-8") as file:
                return [json.loads(line) for line in file.read().split("\n")[:-1]]
        except FileNotFoundError:
            return []

    def foreigner(self):
        self.act("Un programme étranger se met à l'écoute", "A foreign program begins to follow")
        self.follow()
        self.wait_until("follow.py writes", lambda: len(self.followed()) > 100)
        self.follower.send_signal(signal.SIGKILL)
        self.follower.wait()
        self.first_feed = len(self.followed())
        with open(self.stage.path("follow.jsonl"), "ab") as file:
            file.write(b'{"sequence": 999999, "half a li')  # as a kill in the midst of a line would leave it
        self.tell(f"deploy/sample/follow.py, 59 lignes de Python, écrit les événements de lodging depuis le premier ; on le tue (kill -9) à la {self.first_feed}e ligne.",
                  f"deploy/sample/follow.py, 59 lines of Python, writes lodging's events from the first; it is killed (kill -9) at line {self.first_feed}.")

    def foreigner_again(self):
        self.follow()
        self.tell("On relance le programme étranger là où sa propre sortie s'arrête.", "The foreign program is started again where its own output ends.")

    def foreigner_ends(self):
        self.act("Ce que le programme étranger a entendu", "What the foreign program has heard")
        published = self.stage.events("lodging")
        self.wait_until("follow.py hears all", lambda: len(self.followed()) >= len(published))
        heard = self.followed()
        self.check("events in order, none missing, none twice", [(line["sequence"], line["type"], line["data"]) for line in heard],
                   [(int(event["sequence"]), event["type"], event["data"]) for event in published])
        self.check("events before the kill", 0 < self.first_feed < len(heard), True)
        self.tell(f"{len(heard)} événements, les mêmes que « tremplin watch lodging » : dans l'ordre, aucun ne manque, aucun n'est double.",
                  f"{len(heard)} events, the same as 'tremplin watch lodging': in order, none missing, none twice.")

    def mails(self):
        stage = self.stage
        self.act("Ce que chacun a reçu", "What each has received")
        self.go("2022-02-02", "10:00")
        sent, after = [], ""
        while True:
            reply = stage.call("alerts.Mails", after=after, most=100)
            sent += reply.get("mails", [])
            if not reply.get("more"):
                break
            after = sent[-1]["mail"]
        self.check("mails that did not leave", [mail["state"] for mail in sent if mail["state"] != "SENT"], [])
        boxes = lambda: {box: stage.mails(box) for box in STAFF}
        self.wait_until("Postfix delivers", lambda: sum(map(len, boxes().values())) >= len(sent))
        received = boxes()
        for box, recipient in self.recipients.items():
            self.check(f"mails of {box}", len(received[box]), sum(mail["recipient"] == recipient for mail in sent))
        every = [mail for mails in received.values() for mail in mails]
        for box, mails in received.items():
            mornings = [mail["Date"].datetime for mail in mails if mail["List-Id"]]
            self.check(f"digests of {box} not on a working morning at seven", [str(at) for at in mornings if at.weekday() > 4 or at.hour != 7], [])
            self.check(f"digests of {box}, one a day", len({at.date() for at in mornings}), len(mornings))
        self.check("mails doubled", len({mail["Message-ID"] for mail in every}), len(sent))
        for box, mails in received.items():
            digests = sum(1 for mail in mails if mail["List-Id"])
            self.tell(f"{box + '@' + DOMAIN:30} récapitulatifs : {digests:3}    urgents : {len(mails) - digests:3}",
                      f"{box + '@' + DOMAIN:30} digests: {digests:3}    urgent: {len(mails) - digests:3}")
        self.check("the manager's mails in thirteen months: one a week at most", len(received["direction"]) <= 56, True)
        self.check("the manager's mail about the unit lost", any("A-32" in mail.get_content() and not mail["List-Id"] for mail in received["direction"]), True)
        digest = next((mail for mail in received["gestion.locative"] if mail["List-Id"] and mail["Date"].datetime.date() == day_of("2021-07-20")), None)
        self.check("a digest on the morning after the payment", digest is not None, True)
        urgent = next(mail for mail in received["direction"] if "A-32" in mail.get_content())
        self.check("when the urgent mail was written", str(urgent["Date"].datetime), "2021-02-25 00:00:00+01:00")
        for mail in (urgent, digest):
            print()
            self.show(f"To: {mail['To']}\nDate: {mail['Date']}\nSubject: {mail['Subject']}\n\n{mail.get_content()}")
        print()
        return sent

    def erasure(self):
        stage = self.stage
        self.act("Un ménage demande l'effacement", "A household asks to be erased")
        names = [name for full in PEOPLE.values() for name in (full, full.split()[0])] + [NOTE] + self.sample_names()
        self.check("names in clear in any file, before", self.found_in_clear(names), [])
        shown = stage.call("intake.Household", household=self.household)
        self.check("the name, for who may read it", shown.get("name"), PEOPLE["Océane"])
        stage.call("intake.EraseHousehold", household=self.household, reason="ASKED")
        self.settle()
        shown = stage.call("intake.Household", household=self.household)
        self.check("the name once erased", (shown.get("erased"), shown.get("name", "")), (True, ""))
        self.check("the search by name", stage.call("intake.FindHouseholds", name=PEOPLE["Océane"].split()[0], most=10).get("households", []), [])
        self.check("the measure's notes", stage.call("measures.Measure", measure=self.measure).get("notes", []), [])
        for service, status in stage.statuses().items():
            self.check(f"erasures of {service} not complete", status.get("erasuresOpen", 0), 0)
        self.check("names in clear in any file, after", self.found_in_clear(names), [])
        self.tell(f"{self.reference} est effacé : nom et notes sont illisibles partout, ses clés sont détruites dans chaque service.",
                  f"{self.reference} is erased: name and notes are unreadable everywhere, the keys are destroyed in each service.")
        self.tell(f"{len(names)} noms cherchés, octet par octet, dans tout le dossier : en clair nulle part, ni avant, ni après.",
                  f"{len(names)} names searched, byte by byte, in the whole folder: in clear nowhere, before or after.")

    def sample_names(self):
        names = []
        for folder, _ in SAMPLES:
            with open(os.path.join(self.stage.top, "deploy/sample", folder, "menages.csv"), encoding="utf-8") as file:
                names += [" ".join(line.split(";")[1:3]) for line in list(file)[1:]]
        return names

    def found_in_clear(self, names):
        """The files of the whole folder that hold one of the names."""
        done = subprocess.run(["grep", "-rlaF", "-f", "-", self.stage.directory], input="\n".join(names), text=True, capture_output=True, check=False)
        if done.returncode > 1:
            raise NotRight(f"grep: {done.stderr}")
        return done.stdout.split()
