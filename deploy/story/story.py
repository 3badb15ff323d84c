"""The story that the demonstration plays, act by act, and what must have come out of each step."""
import json
import os

import figures
from outside import SAMPLES, STAFF, Outside
from places import Places
from stage import DOMAIN
from support import Support


class Story(Support, Places, Outside):
    """All of it, in its order."""

    def staff(self):
        stage = self.stage
        self.act("L'organisation : cinq services, et onze boîtes aux lettres", "The organisation: five services, and eleven mailboxes")
        self.hour = "06:00"
        self.settle()
        self.show(stage.tremplin("status"))
        self.recipients = {}
        for box, (roles, district) in STAFF.items():
            reply = stage.call("alerts.RegisterRecipient", address=f"{box}@{DOMAIN}", roles=[f"RECIPIENT_ROLE_{role}" for role in roles],
                               district=district, language=f"LANGUAGE_{'ENGLISH' if self.language == 'en' else 'FRENCH'}")
            self.recipients[box] = reply["recipient"]
        self.tell("Chacun a sa boîte et ses rôles ; un vrai Postfix remet leurs courriels.", "Each has a mailbox and roles; a real Postfix delivers their mails.")

    def history(self):
        stage = self.stage
        self.act("Des fichiers réels : l'Orne en 2008, le CASP en 2020", "Real files: the Orne in 2008, the CASP in 2020")
        for folder, kinds in SAMPLES:
            for kind in kinds.split():
                path = os.path.join(stage.top, "deploy/sample", folder, f"{kind}.csv")
                said = stage.tremplin("import", kind, path, "--rejets", stage.path("rejets.csv")).strip()
                self.show(said)
                with open(path, encoding="utf-8") as file:
                    rows = sum(1 for _ in file) - 1
                self.check(f"lines of {kind} that went in", int(said.split(":")[1].split()[0]), rows)
        self.settle()
        self.check("mails after importing twelve years of the past", sum(len(stage.mails(box)) for box in STAFF), 0)
        self.tell("Aucun courriel n'est parti : le passé ne réveille personne.", "No mail left: the past wakes nobody.")

    def reports(self):
        stage = self.stage
        for name, year, published in (("orne-evaluation", 2008, figures.ORNE_2008), ("housing", 2020, figures.CASP_2020)):
            self.act(f"Le rapport {name} {year}", f"The report {name} {year}")
            self.show(stage.tremplin("report", name, "--year", str(year)))
            as_json = json.loads(stage.tremplin("report", name, "--year", str(year), "--format", "json"))
            self.check(f"figures of {name} that are not those published", figures.differences(published, as_json), [])
            as_csv = stage.tremplin("report", name, "--year", str(year), "--format", "csv").splitlines()
            self.check(f"lines of {name} as CSV", len(as_csv), 1 + len(as_json["figures"]))
            print()
            self.tell(f"Les {len(published)} chiffres publiés pour {year} en sortent, à l'unité près (aussi en --format json et csv).",
                      f"All {len(published)} figures published for {year} come out, each exactly (in --format json and csv too).")

    def verified(self):
        stage = self.stage
        self.act("Tout se tient", "All holds together")
        self.show(stage.tremplin("verify"))
        self.show(stage.tremplin("status"))

    def play(self):
        self.staff()
        self.history()
        self.reports()
        self.left_open()
        self.request()
        self.support()
        self.vacancy()
        self.foreigner()
        self.loss()
        self.foreigner_again()
        self.payments()
        self.spring()
        self.arrears()
        self.ending()
        self.mails()
        self.foreigner_ends()
        self.erasure()
        self.verified()
