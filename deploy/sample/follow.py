#!/usr/bin/python3
"""Follows a service of Tremplin from another program: every event a JSON line, in order, none missing, none twice.

    protoc --python_out=DIR proto/*.proto; PYTHONPATH=DIR follow.py ipc:///run/tremplin/toit/lodging lodging events.jsonl

Its position is in its own output: a line is whole once its end is written, so what was begun when the program was
killed is cut off at start, and where to go on is read from the last whole line. Nothing to keep in step, nothing to lose.
"""
import json
import sys
import uuid

import zmq
from google.protobuf import json_format
from proto import tremplin_pb2 as tremplin

endpoint, service, path = sys.argv[1:4]
events = __import__(f"proto.{service}_pb2", fromlist=["Event"])
context = zmq.Context()

output = open(path, "a+b", buffering=0)
output.seek(0)
lines = output.read().split(b"\n")
output.truncate(sum(len(line) + 1 for line in lines[:-1]))
last = json.loads(lines[-2]) if len(lines) > 1 else {"sequence": 0, "log": "", "hash": ""}
position = tremplin.ReadQuery(first=last["sequence"] + 1, log_id=last["log"], previous_hash=bytes.fromhex(last["hash"]), follower="follow.py")


def ask(query):
    """One question and its answer; asked again on a new socket while none comes."""
    while True:
        with context.socket(zmq.DEALER) as dealer:
            dealer.linger = 0
            dealer.connect(endpoint)
            request = tremplin.Request(id=str(uuid.uuid4()), method="Runtime.Read", body=query.SerializeToString(), actor="follow.py")
            dealer.send(request.SerializeToString())
            if dealer.poll(2000):
                reply = tremplin.Reply.FromString(dealer.recv())
                if reply.status == tremplin.STATUS_DONE:
                    return tremplin.ReadReply.FromString(reply.body)


hints = context.socket(zmq.SUB)  # that there is more; a lost hint costs a second, never an event
hints.connect(f"{endpoint}.events")
hints.subscribe(b"")
while True:
    answer = ask(position)
    if answer.diverged:
        sys.exit(f"{service} " + (f"was restored from a backup: after entry {answer.cut} its history is another" if answer.log_id == position.log_id else "began anew, with another journal"))
    for entry in answer.entries:
        header = tremplin.Header.FromString(entry.header)
        position.first, position.log_id, position.previous_hash = header.sequence + 1, answer.log_id, entry.hash
        if header.kind == tremplin.ENTRY_KIND_EVENT:
            event = events.Event.FromString(entry.event)
            line = {"sequence": header.sequence, "log": answer.log_id, "hash": entry.hash.hex(), "type": header.type,
                    "subject": header.subject, "data": json_format.MessageToDict(getattr(event, event.WhichOneof("what")))}
            output.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    if not answer.entries and hints.poll(1000):
        hints.recv_multipart()
