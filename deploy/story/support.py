"""Support: from a request to the contact six months after the end."""
from stage import DOMAIN
from telling import NOTE, Telling, date, text_of


class Support(Telling):
    """The measure of one household."""

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
        self.tell("Premier rendez-vous.", "First meeting.")
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

    def ending_60(self):
        self.go("2021-06-02", "08:00")
        self.check("sixty days before the end", self.steps("A-13", self.measure), ["-60 d"])
        self.tell(f"La mesure de {self.reference} finit dans soixante jours : premier rappel (A-13).", f"{self.reference}'s measure ends in sixty days: first reminder (A-13).")

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
        self.tell("Son dernier jour, la mesure court encore.", "On its last day the measure still runs.")
        self.go("2021-08-01", "10:00")
        self.check("the measure on the day after", stage.call("measures.Measure", measure=measure)["state"], "CLOSING")
        self.tell("Le lendemain, elle est à évaluer.", "The day after, it is to be evaluated.")
        self.go("2021-08-04")
        reply = stage.call("measures.EvaluateMeasure", measure=measure, evaluatedOn=date(self.today), outcome="HOUSING_OUTCOME_KEPT_DWELLING",
                           domains=["INTERVENTION_DOMAIN_TENANCY_KEEPING", "INTERVENTION_DOMAIN_DWELLING_APPROPRIATION"], text={"clear": NOTE},
                           exit={"tenure": "TENURE_PUBLIC_TENANT", "resourceBand": "RESOURCE_BAND_ABOVE", "socioProfessionalStatus": "SOCIO_PROFESSIONAL_STATUS_EMPLOYED"})
        self.check("months realised, and the contact six months after", (reply.get("realisedMonths"), text_of(reply.get("followUpOn"))), (6, "2022-02-01"))
        self.tell("Six mois réalisés, logement conservé ; le ménage sera recontacté le 1er février 2022.",
                  "Six months realised, dwelling kept; the household will be contacted again on 1 February 2022.")
        self.tell("Six mois passent ; le 5 de chacun, les redevances sont payées.", "Six months go by; on the 5th of each the fees are paid.")
        for month in ("2021-08", "2021-09", "2021-10", "2021-11", "2021-12", "2022-01"):
            self.pay_month(month)
        self.go("2022-01-17", "08:00")
        self.check("fifteen days before the contact", self.steps("A-24", measure), ["-15 d"])
        self.tell("Quinze jours avant le contact, la référente est prévenue (A-24).", "Fifteen days before the contact, the worker is told (A-24).")
        self.go("2022-02-01", "08:00")
        self.tell("Le jour même aussi.", "And on the day.")
        self.check("the day of the contact", self.steps("A-24", measure), ["-15 d", "0 d"])
        reply = stage.call("measures.RecordFollowUp", measure=measure, attemptedOn=date(self.today), channel="CONTACT_KIND_PHONE", result="FOLLOW_UP_RESULT_DONE",
                           housing="HOUSING_OUTCOME_KEPT_DWELLING", situation={"tenure": "TENURE_PUBLIC_TENANT", "resourceBand": "RESOURCE_BAND_ABOVE"}, satisfaction=5)
        self.check("the contact", reply.get("state"), "DONE")
        self.check("alerts of the contact still open", [alert for alert in self.alerts("A-24", measure) if alert["state"] != "RESOLVED"], [])
        self.tell("Le ménage est joint : toujours chez lui.", "The household is reached: still in its home.")
