"""Plays the demonstration; deploy/demo installs and builds, then comes here."""
import argparse
import os
import signal
import sys
import time

sys.dont_write_bytecode = True  # the sources' folder stays as it is
from stage import NotRight, Refused, Stage
from story import STAFF, Story

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def arguments():
    parser = argparse.ArgumentParser(prog="deploy/demo")
    parser.add_argument("--once", action="store_true", help="checks each step, stops all, and ends with 0 only if all came out right")
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help="the language it is told in, and of the mails")
    parser.add_argument("--directory", help="a folder where it lives and what it made stays; a temporary one by default")
    parser.add_argument("--programs", default=os.path.join(TOP, ".build/gcc"), help=argparse.SUPPRESS)
    return parser.parse_args()


def commands(stage, french):
    """Five commands worth trying, and how to stop."""
    worth = [
        ("status", "où en est chaque service", "how each service stands"),
        ("report orne-evaluation --year 2008 --format csv", "un rapport, pour un tableur", "a report, for a spreadsheet"),
        ("watch lodging", "les événements, à mesure qu'ils viennent (Ctrl-C arrête)", "events as they come (Ctrl-C stops)"),
        ("call alerts.Alerts '{\"openOnly\": true}'", "les alertes ouvertes", "the open alerts"),
        ("clock to 2022-03-01T08:00", "un mois plus tard", "a month later"),
    ]
    print("\n" + ("Les services restent en marche. Cinq commandes à essayer :" if french else "The services stay up. Five commands worth trying:"))
    print("\n  # " + ("d'abord, dans un autre terminal" if french else "first, in another terminal"))
    print(f"  export PATH={stage.programs}:$PATH TREMPLIN_CONFIG={stage.ini}")
    for words, said, english in worth:
        print(f"\n  # {said if french else english}\n  tremplin {words}")
    mails, kept = stage.path("mail"), not stage.is_temporary
    print("\n" + (f"Courriels reçus : {mails}, un dossier par boîte.\nEntrée ou Ctrl-C arrête tout{'' if kept else ' et efface ce dossier'}." if french
                  else f"Mails received: {mails}, a folder for each mailbox.\nEnter or Ctrl-C stops everything{'' if kept else ' and removes this folder'}."), flush=True)


def stay_up(stage, french):
    commands(stage, french)
    if sys.stdin.isatty():
        sys.stdin.readline()
    else:
        signal.pause()  # until a signal says to stop


def interrupted(number, frame):
    raise KeyboardInterrupt


def main():
    asked = arguments()
    french = asked.lang == "fr"
    signal.signal(signal.SIGTERM, interrupted)
    signal.signal(signal.SIGHUP, interrupted)
    stage = Stage(asked.programs, TOP, asked.directory and os.path.abspath(asked.directory), asked.lang)
    began = time.monotonic()
    code = 1
    try:
        stage.prepare(list(STAFF))
        stage.start_postfix()
        stage.start_services()
        Story(stage, asked.lang).play()
        print(f"\n{'Tout est juste' if french else 'All is right'} ({time.monotonic() - began:.0f} s).", flush=True)
        code = 0
        if not asked.once:
            stay_up(stage, french)
    except (NotRight, Refused) as wrong:
        print(f"\n{'Cette étape ne va pas :' if french else 'This step is not right:'} {wrong}", file=sys.stderr, flush=True)
        stage.show_logs()
    except KeyboardInterrupt:
        code = code and 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stage.stop()
        stage.remove()
        if code == 130 or not asked.once:
            print("\n" + ("Tout est arrêté." if french else "Everything has stopped."), flush=True)
    return code


sys.exit(main())
