"""A mail server for tests: a real SMTP conversation on a free port of 127.0.0.1. Writes "port N", then one JSON line for each mail.

What it does is chosen by the recipient's name: refused@ 550, later@ 451, drop@ breaks off in the middle of DATA, stall@ says nothing
more; anybody else's mail is taken. Its refusals repeat the address, as real ones do. Ends when its standard input ends.
"""
import asyncio
import base64
import json
import sys

try:
    from aiosmtpd.smtp import SMTP
except ImportError:
    print("missing", flush=True)
    sys.exit(0)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("refused@"):
            return f"550 5.1.1 <{address}>: no such user"
        if address.startswith("later@"):
            return f"451 4.7.1 <{address}>: try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        if to.startswith("drop@"):
            server.transport.abort()
            return "451 gone"
        if to.startswith("stall@"):
            await asyncio.sleep(600)
        data = base64.b64encode(envelope.original_content).decode()
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "data": data}), flush=True)
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), hostname="test", enable_SMTPUTF8=True), "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
# Whoever still stalls is not waited for.
import os
os._exit(0)
