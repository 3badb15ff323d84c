"""released.py - what past releases left in tests/data: a folder each, named by its version."""
import csv
import lzma
import os
import re
import subprocess
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = f"{TOP}/tests/data"
SERVICES = "intake measures lodging alerts reporting".split()


def releases():
    """Their versions, the oldest first."""
    found = [name for name in os.listdir(DATA) if re.fullmatch(r"\d+\.\d+\.\d+", name)]
    return sorted(found, key=lambda version: [int(number) for number in version.split(".")])


def contract_of(version):
    """The contract's descriptor set, as protoc wrote it."""
    with open(f"{DATA}/{version}/contract.pb", "rb") as file:
        return file.read()


def digests_of(version):
    """By service: the tables_version that the digest was made with, and the digest."""
    with open(f"{DATA}/{version}/digests.csv", encoding="utf-8", newline="") as file:
        return {row["service"]: (int(row["tables_version"]), row["digest"]) for row in csv.DictReader(file, delimiter=";")}


def write_digests(version, digests):
    with open(f"{DATA}/{version}/digests.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(["service", "tables_version", "digest"])
        writer.writerows([service, *digests[service]] for service in SERVICES)


def replay(program, version, service):
    """Applies a release's journal to an empty store: (tables_version, digest).  ValueError says why it cannot be."""
    with tempfile.TemporaryDirectory(prefix="tremplin-replay-") as folder:
        os.mkdir(f"{folder}/journal")
        with lzma.open(f"{DATA}/{version}/{service}.journal.xz") as packed, open(f"{folder}/journal/data.mdb", "wb") as file:
            file.write(packed.read())
        done = subprocess.run([program, service, folder], capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise ValueError((done.stdout + done.stderr).strip() or f"ended with {done.returncode}")
    tables_version, digest = done.stdout.split()
    return int(tables_version), digest
