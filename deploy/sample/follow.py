#!/usr/bin/python3
"""Follows a service of Tremplin from another program: every event a JSON line, in order, none missing, none twice.

    protoc --python_out=DIR proto/*.proto; PYTHONPATH=DIR follow.py ipc:///run/tremplin/toit/lodging lodging events.jsonl
    from elsewhere: follow.py tcp://HOST:PORT lodging events.jsonl tcp://HOST:NEXT server.pub accounting.pub accounting.key

Its position is in its own output: a line is whole once its end is written, so what was begun when the program was
killed is cut off at start, and where to go on is read from the last whole line. Nothing to keep in step, nothing to lose."""
import json
import sys
import uuid

import zmq
from google.protobuf import json_format
from proto import tremplin_pb2 as tremplin

endpoint, service, path, *elsewhere = sys.argv[1:]
published, *keys = elsewhere or [f"{endpoint}.events"]
events = __import__(f"proto.{service}_pb2", fromlist=["Event"])
context = zmq.Context()  # what is set here holds for each of its sockets
context.linger = 0
if keys:  # the services', and the pair that they know us by: CURVE
    context.curve_serverkey, context.curve_publickey, context.curve_secretkey = (open(key, "rb").read().strip() for key in keys)

output = open(path, "ab", buffering=0)
lines = open(path, "rb").read().split(b"\n")
output.truncate(sum(len(line) + 1 for line in lines[:-1]))
last = json.loads(lines[-2]) if len(lines) > 1 else {"sequence": 0, "log": "", "hash": ""}
position = tremplin.ReadQuery(first=last["sequence"] + 1, log_id=last["log"], previous_hash=bytes.fromhex(last["hash"]), follower="follow.py")


def ask(query):
    """One question and its answer; asked again on a new socket while none comes."""
    while True:
        with context.socket(zmq.DEALER) as dealer:
            dealer.connect(endpoint)
            dealer.send(tremplin.Request(id=str(uuid.uuid4()), method="Runtime.Read", body=query.SerializeToString(), actor="follow.py").SerializeToString())
            reply = tremplin.Reply.FromString(dealer.recv() if dealer.poll(2000) else b"")
            if reply.status == tremplin.STATUS_DONE:
                return tremplin.ReadReply.FromString(reply.body)


hints = context.socket(zmq.SUB)  # that there is more; a lost hint costs a second, never an event
hints.connect(published)
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
