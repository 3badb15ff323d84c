"""Places: freed, filled, lost; their fees, paid and unpaid."""
from telling import Telling, date, day_in_words, euros, text_of


class Places(Telling):
    """Two units of the State, a resident, and the accounts of all."""

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

    def left_open(self):
        """Of the past that was imported, what still waits for somebody is told once, and answered."""
        self.act("Ce que le passé laisse ouvert", "What the past leaves open")
        self.go("2021-01-05", "08:00")
        taken = self.take_on("equipe.paris", "A-51"), self.take_on("equipe.paris", "A-52")
        self.check("stays past their target term, and past four years", taken, (8, 3))
        self.tell("Huit ménages sont là depuis plus longtemps que prévu, dont trois depuis plus de quatre ans (A-51, A-52).\n"
                  "  L'équipe de Paris le lit dans son premier récapitulatif et prend ces alertes en charge : la direction n'en saura rien.",
                  "Eight households have stayed longer than planned, three of them more than four years (A-51, A-52).\n"
                  "  The Paris team reads it in its first digest and takes these alerts on: the manager will not hear of them.")

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
        self.tell("Le SIAO reçoit aussitôt un premier rappel (A-30).", "The SIAO gets a first reminder at once (A-30).")
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
        self.tell("Premier candidat ; le SIAO dit que son dossier n'est pas complet, et Tremplin n'envoie rien :",
                  "First candidate; his file is said not to be complete, and Tremplin sends nothing:")
        self.show(sentence)
        first = propose("Anatole", 1, True)["candidature"]
        stage.call("lodging.RefuseCandidature", candidature=first, reason="REFUSAL_REASON_INCOMPLETE_FILE", refusedOn=date(self.today))
        self.tell("Dit complet et envoyé, il est refusé par la résidence, à qui une pièce manque encore.",
                  "Said to be complete and sent, it is refused by the residence, which still misses a document.")
        self.check("alerts of a candidate refused", len(self.alerts("A-31", vacancy)), 1)
        self.go("2021-02-09")
        self.tell("Une deuxième candidate est envoyée.", "A second candidate is sent.")
        second = propose("Bérénice", 2, True)["candidature"]
        self.go("2021-02-10")
        stage.call("lodging.WithdrawCandidature", candidature=second, withdrawnOn=date(self.today))
        self.tell("Elle se désiste.", "She withdraws.")
        self.go("2021-02-11")
        third = propose("Casimir", 3, True)["candidature"]
        reply = stage.call("lodging.RetainCandidature", candidature=third, retainedOn=date(self.today))
        self.tell(f"Troisième candidat : retenu, à deux jours de la fin ; il entre au plus tard le {day_in_words(text_of(reply['moveInBy']), 'fr')}.",
                  f"Third candidate: retained, two days before the end; moves in by {day_in_words(text_of(reply['moveInBy']), 'en')}.")
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
        self.tell("23 h 30, le dernier soir : toujours ouvert.", "Half past eleven on the last evening: still open.")
        self.check("the vacancy half an hour before its end", stage.call("lodging.Vacancy", vacancy=vacancy)["state"], "OPEN")
        self.check("alerts to send candidates", self.steps("A-30", vacancy), ["+1 d", "+4 d", "+6 d", "+7 d", "+8 d"])
        self.go("2021-02-25", "00:00")
        self.check("the vacancy at the stroke of midnight", stage.call("lodging.Vacancy", vacancy=vacancy)["state"], "LOST")
        lost = self.alerts("A-32", vacancy)
        self.check("alerts of a unit lost", [alert["state"] for alert in lost], ["OPEN"])
        self.tell("Cinq rappels, personne : à minuit, le logement est perdu pour le contingent, et la direction le sait aussitôt.",
                  "Five reminders, nobody: at midnight the unit is lost to the contingent, and the manager knows at once.")
        code, sentence = stage.refused("lodging.RecordCorrectiveAction", vacancy=vacancy, dueOn=date("2021-03-26"))
        self.check("a corrective action without words", code, "FIELD_MISSING")
        self.tell("Il faut dire ce qui sera fait pour que cela ne se répète pas ; sans le dire :", "What will be done so that it does not happen again must be said; unsaid:")
        self.show(sentence)
        self.go("2021-02-25", "10:00")
        stage.call("lodging.RecordCorrectiveAction", vacancy=vacancy, dueOn=date("2021-03-26"),
                   action="Tenir une liste de trois candidats prêts par résidence")
        self.check("the alert once there is an action", [alert["state"] for alert in self.alerts("A-32", vacancy)], ["RESOLVED"])
        self.tell("Une action corrective est écrite, pour le 26 mars : l'alerte se résout d'elle-même.",
                  "A corrective action is written, for 26 March: the alert resolves by itself.")
        self.lost = vacancy

    def action_done(self):
        late = self.alerts("A-33", self.lost)
        self.check("reminders of the corrective action", [alert["step"] for alert in late], ["-7 d", "0 d"])
        self.stage.call("alerts.ResolveAlert", alert=late[-1]["alert"], reason="DONE")
        self.tell("L'action corrective, rappelée le 19 et le 26 mars, est faite.", "The corrective action, recalled on 19 and 26 March, is done.")

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
        self.tell(f"{len(rows)} redevances payées par prélèvement.", f"{len(rows)} fees paid by direct debit.")
        taken = self.take_on("equipe.paris", "A-50", "A-51", "A-52") + self.take_on("gestion.locative", "A-40")
        if taken:
            self.tell(f"Les équipes prennent en charge {taken} alerte{'s' if taken > 1 else ''} de séjours et de vacances (A-40, A-50 à A-52).",
                      f"The teams take on {taken} alert{'s' if taken > 1 else ''} of stays and vacancies (A-40, A-50 to A-52).")
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

    def arrears(self):
        stage, account = self.stage, self.account
        self.act("Un ménage cesse de payer", "A household stops paying")
        facts = lambda: [key for key in ("late", "overAplThreshold", "terminationPossible") if stage.call("lodging.Account", account=account).get(key)]
        open_alerts = lambda: [rule for rule in ("A-70", "A-71", "A-72", "A-73") for alert in self.alerts(rule, account) if alert["state"] == "OPEN"]
        self.pay_month("2021-05", but=account)
        self.check("the day a term falls due", facts(), [])
        self.go("2021-05-09", "23:00")
        self.check("four days after it fell due", facts(), [])
        self.tell("Quatre jours après l'échéance, rien n'est encore en retard.", "Four days after it fell due, nothing is late yet.")
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
        self.check("with three terms wholly unpaid", (facts(), open_alerts()), (["late", "overAplThreshold", "terminationPossible"], ["A-70", "A-71", "A-72", "A-73"]))
        self.tell("Juillet : trois termes entiers impayés, la CCAPEX est à saisir (A-72) et la résidence pourrait résilier (RS-5, A-73). L'équipe est prévenue avant tout courrier.",
                  "July: three whole terms unpaid, the eviction commission is to be told (A-72) and the residence could terminate (RS-5, A-73). The team is told before any letter.")
        self.go("2021-07-19")
        amount = euros({"cents": self.balance()})
        stage.call("lodging.RecordPayment", account=account, amount={"cents": self.balance()}, paidOn=date(self.today),
                   method="PAYMENT_METHOD_SOLIDARITY_FUND", reference="FSL-2021-118")
        self.check("once all is paid", (self.balance(), facts(), open_alerts()), (0, [], []))
        resolved = [alert for rule in ("A-70", "A-71", "A-72", "A-73") for alert in self.alerts(rule, account)]
        self.check("alerts that resolved by themselves", {alert.get("resolvedByItself") for alert in resolved}, {True})
        self.tell(f"Le FSL paie les {amount} : les quatre alertes se résolvent d'elles-mêmes, et le récapitulatif de demain le dira.",
                  f"The solidarity fund pays the {amount}: the four alerts resolve by themselves, and tomorrow's digest will say so.")
