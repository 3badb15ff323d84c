"""The figures that the sources published (domain.md 2.1 and 2.2), as a person reads them in French."""
import re

ORNE_2008 = {
    "F1-1": "127", "F1-2": "762", "F1-3": "6,0", "F1-4": "113", "F1-5": "14",
    "F1-9": "224", "F1-10": "1457", "F1-11": "6,50",
    "F1-13": "90 %", "F1-14": "10 %", "F1-15": "94 %",
    "F1-16": "57 %", "F1-17": "47 %", "F1-18": "34 %", "F1-19": "16 %", "F1-20": "15 %",
    "F1-22": "40-60",
    "F1-23": "51 %", "F1-24": "20 %", "F1-25": "28 %", "F1-26": "1 %",
    "F1-27": "74 %",
    "F1-28": "61 %", "F1-29": "22 %", "F1-30": "6 %", "F1-31": "11 %",
    "F1-32": "46 %",
}

CASP_2020 = {"F0-1": "9", "F0-2": "252", "F0-3": "12", "F0-4": "281", "F0-8": "109", "F0-9": "40", "F0-10": "24", "F0-11": "45"}


def plain(value):
    """As typed on a keyboard: no spaces within numbers, plain ones elsewhere, a hyphen for a dash."""
    value = re.sub("[\u202f\u00a0 ]", " ", value).replace("\u2013", "-")
    return re.sub(r"(?<=\d) (?=\d)", "", value).strip()


def differences(published, report):
    """What of the published figures the report does not say, or says otherwise."""
    said = {figure["indicator"]: plain(figure.get("value", "")) for figure in report.get("figures", [])}
    return [f"{indicator}: {value} / {said.get(indicator)}" for indicator, value in published.items() if said.get(indicator) != value]
