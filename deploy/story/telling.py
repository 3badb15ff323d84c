"""How the story is told and checked: days, sentences, what must be so."""
import datetime
import time

from stage import NotRight

DAYS = {"fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()}
MONTHS = {"fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
          "en": "January February March April May June July August September October November December".split()}
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


def day_in_words(text, language):
    """The day and month: "21 février", "21 February"."""
    day = day_of(text)
    return f"{'1er' if day.day == 1 and language == 'fr' else day.day} {MONTHS[language][day.month - 1]}"


def euros(money):
    cents = int((money or {}).get("cents", 0))
    return f"{cents // 100},{cents % 100:02} €"


class Telling:
    """A stage, the day it is there, and sentences in the language asked for."""

    def __init__(self, stage, language):
        self.stage, self.language = stage, language
        self.today = "2021-01-04"
        self.follower = None
        self.first_feed = 0
        self.fresh = True

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

    def wait_until(self, what, holds, most=30):
        """For what other programs do in their own time: looks until it holds."""
        end = time.monotonic() + most
        while not holds():
            if time.monotonic() > end:
                raise NotRight(f"{what}: not within {most} s")
            time.sleep(0.01)

    def go(self, day, hour="09:00"):
        """Moves the clock, and says which day it is."""
        self.stage.clock_to(f"{day}T{hour}")
        if day != self.today:
            on = day_of(day)
            print(("" if self.fresh else "\n") + f"  -- {DAYS[self.language][on.weekday()]} {day_in_words(day, self.language)} {on.year}", flush=True)
            self.fresh = False
        self.today, self.hour = day, hour

    def settle(self):
        """Until every service has heard all and nothing is under way."""
        self.stage.clock_to(f"{self.today}T{self.hour}")

    def alerts(self, rule, subject=None):
        self.settle()
        found, reply = [], {"more": True}
        while reply.get("more"):
            reply = self.stage.call("alerts.Alerts", rule=rule, after=reply.get("next", ""))
            found += reply.get("alerts", [])
        return [alert for alert in found if subject in (None, alert["subject"])]

    def take_on(self, box, *rules):
        """Whoever reads that mailbox takes on what is open under these rules; how many there were."""
        taken = [alert["alert"] for rule in rules for alert in self.alerts(rule) if alert["state"] == "OPEN"]
        for alert in taken:
            self.stage.call("alerts.AcknowledgeAlert", alert=alert, recipient=self.recipients[box])
        return len(taken)

    def steps(self, rule, subject):
        return [alert["step"] for alert in self.alerts(rule, subject)]

    def register(self, first_name, district, opened_on, **situation):
        reply = self.stage.call("intake.RegisterHousehold", name={"clear": PEOPLE[first_name]}, birth={"clear": "1984-05-17"},
                                contact={"clear": "06 00 00 00 00"}, openedOn=date(opened_on),
                                situation={"type": "HOUSEHOLD_TYPE_SINGLE_PARENT", "adults": 1, "children": 2, "district": district, **situation})
        return reply["household"], reply["reference"]
