"""The story that the demonstration plays, act by act, and what must have come out of each step."""
import datetime
import json
import os
import signal
import subprocess
import time

import figures
from stage import DOMAIN, NotRight, SERVICES

DAYS = {"fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()}
MONTHS = {"fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
          "en": "January February March April May June July August September October November December".split()}
IMPORTS = [("orne-2008", "instances seances travailleurs conventions menages demandes decisions mesures"),
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
    "coordination": (["COORDINATOR"], ""),
    "direction": (["SERVICE_MANAGER", "DATA_PROTECTION_OFFICER", "FUNDER_CONTACT"], ""),
    "accueil": (["REQUESTER"], ""),
    "exploitation": (["OPERATOR"], ""),
}
# Who the living part is about; nobody of that name exists.
PEOPLE = {"Océane": "QUERVILLARD Océane", "Anatole": "DESMOUTIERS Anatole", "Bérénice": "VALTEFORT Bérénice", "Casimir": "HAUTECLAIRE Casimir"}
NOTE = "Madame a repris contact avec le bailleur ; le frigo est réparé."


def day_of(text):
    return datetime.date.fromisoformat(text)


def date(text):
    """A day as the contract's Date."""
    day = day_of(text)
    return {"year": day.year, "month": day.month, "day": day.day}


def text_of(message):
    return f"{message['year']:04}-{message['month']:02}-{message['day']:02}" if message else None


def euros(money):
    cents = int((money or {}).get("cents", 0))
    return f"{cents // 100},{cents % 100:02} €"


class Story:
    def __init__(self, stage, language):
        self.stage, self.language = stage, language
        self.today = "2021-01-04"
        self.follower = None
        self.first_feed = 0
        self.fresh = True

    # --- telling and checking

    def tell(self, french, english):
        print(f"  {english if self.language == 'en' else french}", flush=True)

    def act(self, french, english):
        print(f"\n==== {english if self.language == 'en' else french}\n", flush=True)
        self.fresh = True

    def show(self, text):
        print("\n".join(f"    | {line}" for line in text.rstrip().splitlines()), flush=True)

    def check(self, what, got, expected):
        if got != expected:
            raise NotRight(f"{what}: expected {expected!r}, got {got!r}")

    def go(self, day, hour="09:00"):
        """Moves the clock, and says which day it is."""
        self.stage.clock_to(f"{day}T{hour}")
        if day != self.today:
            on = day_of(day)
            names = DAYS[self.language][on.weekday()], on.day, MONTHS[self.language][on.month - 1], on.year
            print(("" if self.fresh else "\n") + "  -- {} {} {} {}".format(*names), flush=True)
            self.fresh = False
        self.today, self.hour = day, hour

    def settle(self):
        """Until every service has heard all and nothing is under way."""
        self.stage.clock_to(f"{self.today}T{self.hour}")

    def alerts(self, rule, subject=None):
        self.settle()
        found = self.stage.call("alerts.Alerts", rule=rule, most=500).get("alerts", [])
        return [alert for alert in found if subject in (None, alert["subject"])]

    def steps(self, rule, subject):
        return [alert["step"] for alert in self.alerts(rule, subject)]

    def register(self, first_name, district, opened_on, **situation):
        reply = self.stage.call("intake.RegisterHousehold", name={"clear": PEOPLE[first_name]}, birth={"clear": "1984-05-17"},
                                contact={"clear": "06 00 00 00 00"}, openedOn=date(opened_on),
                                situation={"type": "HOUSEHOLD_TYPE_SINGLE_PARENT", "adults": 1, "children": 2, "district": district, **situation})
        return reply["household"], reply["reference"]

    # --- the acts

    def staff(self):
        stage = self.stage
        self.act("L'organisation : cinq services, et onze boîtes aux lettres", "The organisation: five services, and eleven mailboxes")
        self.hour = "06:00"
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
        for folder, kinds in IMPORTS:
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

    def request(self):
        stage = self.stage
        self.act("Une demande d'accompagnement", "A request for support")
        self.worker = next(event["data"]["worker"] for event in stage.events("measures")
                           if event["type"] == "measures.WorkerRegistered" and event["data"]["code"] == "ASLL-ALENCON-1")
        stage.call("alerts.RegisterRecipient", recipient=self.recipients["referente.alencon"], address=f"referente.alencon@{DOMAIN}",
                   roles=["RECIPIENT_ROLE_KEY_WORKER"], district="ALENCON", worker=self.worker,
                   language=f"LANGUAGE_{'ENGLISH' if self.language == 'en' else 'FRENCH'}")
        body = next(event["data"]["body"] for event in stage.events("intake")
                    if event["type"] == "intake.DecisionBodyOpened" and event["data"]["district"] == "ALENCON")
        session = stage.call("intake.PlanSession", body=body, heldOn=date("2021-01-21"))["session"]
        self.household, self.reference = self.register("Océane", "ALENCON", "2021-01-04", tenure="TENURE_PUBLIC_TENANT", locationType="LOCATION_TYPE_TOWN_CENTRE",
                                       resourceBand="RESOURCE_BAND_AT_MINIMUM_LEVEL", socioProfessionalStatus="SOCIO_PROFESSIONAL_STATUS_MINIMUM_BENEFITS")
        self.go("2021-01-05")
        reply = stage.call("intake.SubmitRequest", household=self.household, scheme="SCHEME_ASLL", origin="REQUEST_ORIGIN_DISTRICT_SOCIAL_WORKER",
                           receivedOn=date("2021-01-05"), consentedOn=date("2021-01-05"),
                           items=["FILE_ITEM_IDENTITY", "FILE_ITEM_CONSENT", "FILE_ITEM_HOUSING_SITUATION"],
                           domains=["INTERVENTION_DOMAIN_TENANCY_KEEPING", "INTERVENTION_DOMAIN_DWELLING_APPROPRIATION"])
        request, missing = reply["request"], reply.get("missing", [])
        self.check("what the file lacks", missing, ["FILE_ITEM_SOCIAL_ASSESSMENT"])
        self.tell(f"Le ménage {self.reference} demande un accompagnement ; il manque l'évaluation sociale.",
                  f"Household {self.reference} asks for support; the social assessment is missing.")
        self.go("2021-01-11")
        reply = stage.call("intake.CompleteRequest", request=request, items=["FILE_ITEM_SOCIAL_ASSESSMENT"], completedOn=date("2021-01-11"))
        self.check("the session that will decide", (reply.get("complete"), reply.get("session"), text_of(reply.get("decidedOn"))), (True, session, "2021-01-21"))
        self.tell("L'évaluation arrive, le dossier est complet : il passe à la commission mensuelle du 21 janvier.",
                  "The assessment comes, the file is complete: it goes to the monthly commission of 21 January.")
        self.go("2021-01-21", "17:00")
        self.check("quorum of the session", stage.call("intake.HoldSession", session=session, membersPresent=5).get("quorate"), True)
        self.measure = stage.call("intake.DecideRequest", request=request, decision="DECISION_GRANT", decidedOn=date("2021-01-21"), months=6, session=session)["measure"]
        self.tell("La commission siège, cinq membres présents, et accorde six mois.", "The commission sits, five members present, and grants six months.")

    def support(self):
        stage, measure = self.stage, self.measure
        self.act("L'accompagnement commence", "The support begins")
        self.go("2021-01-22")
        reply = stage.call("measures.AssignMeasure", measure=measure, worker=self.worker, assignedOn=date("2021-01-22"))
        self.check("measures in the worker's caseload", reply.get("caseload"), 1)
        self.tell("Une intervenante a de la place dans sa file active (1 mesure pour 35) : la mesure lui revient.",
                  "A worker has room in her caseload (1 measure for 35): the measure is hers.")
        self.go("2021-01-27")
        stage.call("measures.HoldFirstMeeting", measure=measure, heldOn=date("2021-01-27"))
        self.go("2021-02-01")
        reply = stage.call("measures.SignContract", measure=measure, objectives={"clear": NOTE}, startsOn=date("2021-02-01"),
                           signatures=[{"by": f"SIGNATORY_KIND_{who}", "signedOn": date("2021-02-01")} for who in ("HOUSEHOLD", "OPERATOR")])
        self.check("the measure's days", (text_of(reply.get("startedOn")), text_of(reply.get("lastDay"))), ("2021-02-01", "2021-07-31"))
        self.tell("Le ménage et l'opérateur signent le contrat : du 1er février au 31 juillet inclus.",
                  "Household and operator sign the contract: from 1 February to 31 July included.")
        self.go("2021-02-03")
        stage.call("measures.NoteContact", measure=measure, kind="CONTACT_KIND_HOME_VISIT", contactOn=date("2021-02-03"), note={"clear": NOTE})
        self.check("notes of the measure", stage.call("measures.Measure", measure=measure).get("notes", [])[-1:], [NOTE])
        self.tell("Une visite à domicile est notée ; la note est scellée avec la clé de ce ménage.",
                  "A home visit is noted; the note is sealed with this household's own key.")

    def state_units(self):
        """Two single places of the State's contingent, lived in, and whose stays they are."""
        stays = {event["data"]["unit"]: event["data"]["stay"] for event in self.stage.events("lodging") if event["type"] == "lodging.StayStarted"}
        ended = {event["data"]["stay"] for event in self.stage.events("lodging") if event["type"] == "lodging.StayEnded"}
        units = [event["data"] for event in self.stage.events("lodging") if event["type"] == "lodging.UnitCommissioned"]
        fit = [unit for unit in units if unit["holder"] == "RESERVATION_HOLDER_STATE" and unit["places"] == 1
               and unit.get("kind") == "RESIDENCE_KIND_SOCIAL_RESIDENCE" and unit["unit"] in stays and stays[unit["unit"]] not in ended]
        return [(unit["unit"], unit["name"], stays[unit["unit"]]) for unit in fit[:2]]

    def free(self, unit, stay, day):
        self.stage.call("lodging.EndStay", stay=stay, leftOn=date(day), channel="EXIT_CHANNEL_DALO", direction="EXIT_DIRECTION_UPWARD", destination="ORDINARY_HOUSING")
        return self.stage.call("lodging.FreeUnit", unit=unit, notifiedOn=date(day))

    def vacancy(self):
        stage = self.stage
        self.act("Un logement du contingent de l'État se libère", "A unit of the State's contingent is freed")
        (unit, name, stay), self.second = self.state_units()
        self.go("2021-02-05")
        reply = self.free(unit, stay, "2021-02-05")
        vacancy = reply["vacancy"]
        self.check("the last day to send candidates", text_of(reply.get("lastDay")), "2021-02-13")
        self.tell(f"{name} se libère. Le SIAO est prévenu : huit jours courent, jusqu'au samedi 13 février à minuit.",
                  f"{name} is freed. The SIAO is told: eight days run, until midnight of Saturday 13 February.")
        self.pay("2021-02")
        self.go("2021-02-06")
        self.check("alerts to send candidates, a day later", self.steps("A-30", vacancy), ["+1 d"])
        households = {who: self.register(who, "PARIS", self.today, previousHousing="PREVIOUS_HOUSING_HOTEL", tenure="TENURE_HOSTED",
                                         resourceBand="RESOURCE_BAND_ABOVE", socioProfessionalStatus="SOCIO_PROFESSIONAL_STATUS_EMPLOYED")[0]
                      for who in ("Anatole", "Bérénice", "Casimir")}

        def propose(who, rank, complete):
            ask = stage.call if complete else stage.refused
            return ask("lodging.ProposeCandidature", vacancy=vacancy, household=households[who], rank=rank, hasSiaoRequest=True,
                       fileComplete=complete, income={"cents": 165000}, aid={"cents": 21000}, proposedOn=date(self.today))

        self.go("2021-02-08")
        code, sentence = propose("Anatole", 1, False)
        self.check("a file that is not complete", code, "CANDIDATE_FILE_INCOMPLETE")
        self.show(f"{code}: {sentence}")
        first = propose("Anatole", 1, True)["candidature"]
        stage.call("lodging.RefuseCandidature", candidature=first, reason="REFUSAL_REASON_INCOMPLETE_FILE", refusedOn=date(self.today))
        self.tell("Premier candidat : dit complet, son dossier ne l'est pas pour la résidence, qui le refuse.",
                  "First candidate: said to be complete, the file is not for the residence, which refuses him.")
        self.check("alerts of a candidate refused", len(self.alerts("A-31", vacancy)), 1)
        self.go("2021-02-09")
        second = propose("Bérénice", 2, True)["candidature"]
        self.go("2021-02-10")
        stage.call("lodging.WithdrawCandidature", candidature=second, withdrawnOn=date(self.today))
        self.tell("Deuxième candidate : elle se désiste.", "Second candidate: withdraws.")
        self.go("2021-02-11")
        third = propose("Casimir", 3, True)["candidature"]
        reply = stage.call("lodging.RetainCandidature", candidature=third, retainedOn=date(self.today))
        self.tell(f"Troisième candidat : retenu, à deux jours de la fin ; il entre avant le {text_of(reply['moveInBy'])}.",
                  f"Third candidate: retained, two days before the end; moves in by {text_of(reply['moveInBy'])}.")
        self.go("2021-02-15")
        states = [standing["state"] for standing in stage.call("lodging.Vacancy", vacancy=vacancy)["candidatures"]]
        self.check("how the candidatures stand", states, ["REFUSED", "WITHDRAWN", "RETAINED"])
        self.casimir = households["Casimir"]
        reply = stage.call("lodging.SignTitle", unit=unit, household=self.casimir, candidature=third, signedOn=date(self.today),
                           document="TITRE-2021-001", houseRulesAnnexed=True, termMonths=24)
        self.account, stay = reply["account"], reply["stay"]
        reply = stage.call("lodging.StartStay", stay=stay, enteredOn=date(self.today))
        paid = euros({"cents": self.balance()})
        stage.call("lodging.RecordPayment", account=self.account, amount={"cents": self.balance()}, paidOn=date(self.today), method="PAYMENT_METHOD_CARD", reference="TPE-0001")
        self.check("the target term of the stay", text_of(reply.get("termOn")), "2023-02-15")
        self.check("the vacancy's end", stage.call("lodging.Vacancy", vacancy=vacancy)["state"], "FILLED")
        self.tell(f"Il signe, règlement intérieur annexé, et emménage. Février lui est compté au prorata : {paid}, qu'il paie.",
                  f"He signs, house rules annexed, and moves in. Of February he owes his share of days, {paid}, which he pays.")

    def loss(self):
        stage, (unit, name, stay) = self.stage, self.second
        self.act("Un second logement, sans candidat", "A second unit, without a candidate")
        self.go("2021-02-16")
        vacancy = self.free(unit, stay, "2021-02-16")["vacancy"]
        self.tell(f"{name} se libère à son tour.", f"{name} is freed in turn.")
        self.go("2021-02-24", "23:30")
        self.check("the vacancy half an hour before its end", stage.call("lodging.Vacancy", vacancy=vacancy)["state"], "OPEN")
        self.check("alerts to send candidates", self.steps("A-30", vacancy), ["+1 d", "+4 d", "+6 d", "+7 d", "+8 d"])
        self.go("2021-02-25", "00:00")
        self.check("the vacancy at the stroke of midnight", stage.call("lodging.Vacancy", vacancy=vacancy)["state"], "LOST")
        lost = self.alerts("A-32", vacancy)
        self.check("alerts of a unit lost", [alert["state"] for alert in lost], ["OPEN"])
        self.tell("Cinq rappels, personne : à minuit, le logement est perdu pour le contingent, et la direction le sait aussitôt.",
                  "Five reminders, nobody: at midnight the unit is lost to the contingent, and the manager knows at once.")
        code, sentence = stage.refused("lodging.RecordCorrectiveAction", vacancy=vacancy, dueOn=date("2021-03-26"))
        self.show(f"{code}: {sentence}")
        self.go("2021-02-25", "10:00")
        stage.call("lodging.RecordCorrectiveAction", vacancy=vacancy, dueOn=date("2021-03-26"),
                   action="Tenir une liste de trois candidats prêts par résidence")
        self.check("the alert once there is an action", [alert["state"] for alert in self.alerts("A-32", vacancy)], ["RESOLVED"])
        self.tell("Une action corrective est écrite, pour le 26 mars : l'alerte se résout d'elle-même.",
                  "A corrective action is written, for 26 March: the alert resolves by itself.")
        self.lost = vacancy

    # --- the foreign program

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

    def wait_until(self, what, holds, most=30):
        """For what other programs do in their own time: looks until it holds."""
        end = time.monotonic() + most
        while not holds():
            if time.monotonic() > end:
                raise NotRight(f"{what}: not within {most} s")
            time.sleep(0.01)

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

    # --- money

    def accounts(self):
        after, found = "", []
        while True:
            reply = self.stage.call("lodging.Accounts", after=after, most=100)
            found += reply.get("accounts", [])
            if not reply.get("more"):
                return found
            after = found[-1]["account"]

    def pay_month(self, month, but=None):
        """On the fifth, all that is due is paid by direct debit, from the bank's file; but's is not."""
        self.go(f"{month}-05", "12:00")
        return self.pay(month, but)

    def pay(self, month, but=None):
        rows = [[account["account"], f"{int(account['balance']['cents']) / 100:.2f}".replace(".", ","), self.today, "prélèvement", f"SEPA-{month}"]
                for account in self.accounts() if int(account.get("balance", {}).get("cents", 0)) > 0 and account["account"] != but]
        path = self.stage.write_csv(f"paiements-{month}.csv", ["compte", "montant", "payé le", "moyen", "référence"], rows)
        self.stage.tremplin("import", "paiements", path, "--rejets", self.stage.path("rejets.csv"))
        return path, len(rows)

    def balance(self):
        return int(self.stage.call("lodging.Account", account=self.account).get("balance", {}).get("cents", 0))

    def payments(self):
        stage = self.stage
        self.act("Les redevances et les paiements", "Fees and payments")
        path, count = self.pay_month("2021-03")
        self.check("what the new resident owes", self.balance(), 0)
        before = stage.heads()
        said = stage.tremplin("import", "paiements", path)
        self.check("journal heads after the second import", stage.heads(), before)
        self.show(said)
        self.tell(f"Les {count} redevances de mars sont payées par le fichier de la banque. Importé une seconde fois, il ne change rien : mêmes journaux.",
                  f"March's {count} fees are paid from the bank's file. Imported a second time it changes nothing: the same journals.")

    def spring(self):
        """What alerts do with a worker who is busy, and with one who answers."""
        stage, measure = self.stage, self.measure
        self.act("Une alerte prise en charge se tait", "An alert that is taken on falls silent")
        self.go("2021-03-22", "07:30")
        alert, = self.alerts("A-18", measure)
        self.check("when nobody was met for 45 days", (alert["step"], alert["state"], text_of(alert["raisedOn"])), ("+45 d", "OPEN", "2021-03-20"))
        stage.call("alerts.AcknowledgeAlert", alert=alert["alert"], recipient=self.recipients["referente.alencon"])
        self.tell("45 jours sans contact : la référente le lit dans son récapitulatif du lundi et prend l'alerte en charge.",
                  "45 days without contact: the worker reads it in Monday's digest and takes the alert on.")
        self.go("2021-04-02")
        alert = stage.call("alerts.Alert", alert=alert["alert"])
        self.check("the alert after nine working days", (alert["state"], alert.get("escalation", 0)), ("ACKNOWLEDGED", 0))
        stage.call("measures.NoteContact", measure=measure, kind="CONTACT_KIND_OFFICE", contactOn=date(self.today), note={"clear": NOTE})
        self.check("the alert once there is a contact", [alert["state"] for alert in self.alerts("A-18", measure)], ["RESOLVED"])
        self.tell("Dix jours plus tard elle n'est remontée à personne ; le contact noté, elle est résolue.",
                  "Ten days later it has climbed to nobody; with the contact noted, it is resolved.")
        self.action_done()
        self.pay_month("2021-04")
        self.go("2021-04-28")
        stage.call("measures.WriteReview", measure=measure, writtenOn=date(self.today), text={"clear": NOTE})
        self.tell("Le bilan de mi-parcours est écrit avant l'échéance.", "The mid-term review is written before it is due.")

    def action_done(self):
        late = self.alerts("A-33", self.lost)
        self.check("reminders of the corrective action", [alert["step"] for alert in late], ["-7 d", "0 d"])
        self.stage.call("alerts.ResolveAlert", alert=late[-1]["alert"], reason="DONE")
        self.tell("L'action corrective, rappelée le 19 et le 26 mars, est faite.", "The corrective action, recalled on 19 and 26 March, is done.")

    def arrears(self):
        stage, account = self.stage, self.account
        self.act("Un ménage cesse de payer", "A household stops paying")
        facts = lambda: [key for key in ("late", "overAplThreshold", "terminationPossible") if stage.call("lodging.Account", account=account).get(key)]
        open_alerts = lambda: [rule for rule in ("A-70", "A-71", "A-73") for alert in self.alerts(rule, account) if alert["state"] == "OPEN"]
        self.pay_month("2021-05", but=account)
        self.check("the day a term falls due", facts(), [])
        self.go("2021-05-09", "23:00")
        self.check("four days after it fell due", facts(), [])
        self.go("2021-05-10", "10:00")
        self.check("five days after", (facts(), open_alerts()), (["late"], ["A-70"]))
        self.tell("Mai n'est pas payé : cinq jours après l'échéance, premier terme impayé (A-70).",
                  "May is not paid: five days after it fell due, first unpaid term (A-70).")
        self.ending_60()
        self.pay_month("2021-06", but=account)
        self.go("2021-06-07", "10:00")
        self.check("with June unpaid too", (facts(), open_alerts()), (["late", "overAplThreshold"], ["A-70", "A-71"]))
        self.tell(f"Juin non plus : {euros({'cents': self.balance()})} dus, deux fois la redevance nette, le seuil d'impayé APL (ARR-1) ; la CAF est à saisir sous deux mois.",
                  f"Nor is June: {euros({'cents': self.balance()})} owed, twice the net fee, the housing aid's threshold (ARR-1); to be reported within two months.")
        self.ending_30()
        self.pay_month("2021-07", but=account)
        self.go("2021-07-07", "10:00")
        self.check("with three terms wholly unpaid", (facts(), open_alerts()), (["late", "overAplThreshold", "terminationPossible"], ["A-70", "A-71", "A-73"]))
        self.tell("Juillet : trois termes entiers impayés, la résidence pourrait résilier (RS-5). L'équipe est prévenue avant tout courrier.",
                  "July: three whole terms unpaid, the residence could terminate (RS-5). The team is told before any letter.")
        self.go("2021-07-19")
        amount = euros({"cents": self.balance()})
        stage.call("lodging.RecordPayment", account=account, amount={"cents": self.balance()}, paidOn=date(self.today),
                   method="PAYMENT_METHOD_SOLIDARITY_FUND", reference="FSL-2021-118")
        self.check("once all is paid", (self.balance(), facts(), open_alerts()), (0, [], []))
        resolved = [alert for rule in ("A-70", "A-71", "A-73") for alert in self.alerts(rule, account)]
        self.check("alerts that resolved by themselves", {alert.get("resolvedByItself") for alert in resolved}, {True})
        self.tell(f"Le FSL paie les {amount} : les trois alertes se résolvent d'elles-mêmes, et le récapitulatif de demain le dira.",
                  f"The solidarity fund pays the {amount}: the three alerts resolve by themselves, and tomorrow's digest will say so.")

    # --- the measure's end

    def ending_60(self):
        self.go("2021-06-02", "08:00")
        self.check("sixty days before the end", self.steps("A-13", self.measure), ["-60 d"])
        self.tell("La mesure de Mme Q. finit dans soixante jours : premier rappel (A-13).", "Ms Q.'s measure ends in sixty days: first reminder (A-13).")

    def ending_30(self):
        self.go("2021-07-02", "08:00")
        self.check("thirty days before the end", self.steps("A-13", self.measure), ["-60 d", "-30 d"])
        climbed = self.alerts("A-13", self.measure)[0]
        self.check("the first reminder, left unanswered, has climbed", climbed.get("escalation", 0) > 0, True)
        self.tell("Trente jours avant : deuxième rappel ; le premier, resté sans réponse, est remonté à la cheffe d'équipe.",
                  "Thirty days before: second reminder; the first, unanswered, has climbed to the team leader.")

    def ending(self):
        stage, measure = self.stage, self.measure
        self.act("La mesure se termine", "The measure ends")
        self.check("fifteen days before the end", self.steps("A-13", measure), ["-60 d", "-30 d", "-15 d"])
        self.go("2021-07-31", "12:00")
        self.check("the measure on its last day", stage.call("measures.Measure", measure=measure)["state"], "ACTIVE")
        self.go("2021-08-01", "10:00")
        self.check("the measure on the day after", stage.call("measures.Measure", measure=measure)["state"], "CLOSING")
        self.go("2021-08-04")
        reply = stage.call("measures.EvaluateMeasure", measure=measure, evaluatedOn=date(self.today), outcome="HOUSING_OUTCOME_KEPT_DWELLING",
                           domains=["INTERVENTION_DOMAIN_TENANCY_KEEPING", "INTERVENTION_DOMAIN_DWELLING_APPROPRIATION"], text={"clear": NOTE},
                           exit={"tenure": "TENURE_PUBLIC_TENANT", "resourceBand": "RESOURCE_BAND_ABOVE", "socioProfessionalStatus": "SOCIO_PROFESSIONAL_STATUS_EMPLOYED"})
        self.check("months realised, and the contact six months after", (reply.get("realisedMonths"), text_of(reply.get("followUpOn"))), (6, "2022-02-01"))
        self.tell("Six mois réalisés, logement conservé ; le ménage sera recontacté le 1er février 2022.",
                  "Six months realised, dwelling kept; the household will be contacted again on 1 February 2022.")
        for month in ("2021-08", "2021-09", "2021-10", "2021-11", "2021-12", "2022-01"):
            self.pay_month(month)
        self.tell("Six mois passent, les redevances sont payées.", "Six months go by, the fees are paid.")
        self.go("2022-01-17", "08:00")
        self.check("fifteen days before the contact", self.steps("A-24", measure), ["-15 d"])
        self.go("2022-02-01", "08:00")
        self.check("the day of the contact", self.steps("A-24", measure), ["-15 d", "0 d"])
        reply = stage.call("measures.RecordFollowUp", measure=measure, attemptedOn=date(self.today), channel="CONTACT_KIND_PHONE", result="FOLLOW_UP_RESULT_DONE",
                           housing="HOUSING_OUTCOME_KEPT_DWELLING", situation={"tenure": "TENURE_PUBLIC_TENANT", "resourceBand": "RESOURCE_BAND_ABOVE"}, satisfaction=5)
        self.check("the contact", reply.get("state"), "DONE")
        self.check("alerts of the contact still open", [alert for alert in self.alerts("A-24", measure) if alert["state"] != "RESOLVED"], [])
        self.tell("Jour dit : elle est jointe, toujours chez elle.", "On the day she is reached, still in her home.")

    # --- mails

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
            self.tell(f"{box + '@' + DOMAIN:32} {len(mails):4} courriels, dont {digests} récapitulatifs", f"{box + '@' + DOMAIN:32} {len(mails):4} mails, {digests} of them digests")
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

    # --- the end

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
        for folder, _ in IMPORTS:
            with open(os.path.join(self.stage.top, "deploy/sample", folder, "menages.csv"), encoding="utf-8") as file:
                names += [" ".join(line.split(";")[1:3]) for line in list(file)[1:]]
        return names

    def found_in_clear(self, names):
        """The files of the whole folder that hold one of the names."""
        done = subprocess.run(["grep", "-rlaF", "-f", "-", self.stage.directory], input="\n".join(names), text=True, capture_output=True, check=False)
        if done.returncode > 1:
            raise NotRight(f"grep: {done.stderr}")
        return done.stdout.split()

    def verified(self):
        stage = self.stage
        self.act("Tout se tient", "All holds together")
        self.show(stage.tremplin("verify"))
        self.show(stage.tremplin("status"))

    def play(self):
        self.staff()
        self.history()
        self.reports()
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
