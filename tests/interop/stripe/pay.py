"""Lets Stripe's Python SDK pay against `payspec mock`, verify its events, and sign events for a generated receiver.

Usage: pay.py PAYSPEC EVENTS, in the root of the repository, where PAYSPEC is the built command and EVENTS the program of
tests/examples/stripe_events.rs.
"""

import http.server
import json
import subprocess
import sys
import threading
import time

import stripe

SPEC = "tests/providers/stripe"
KEY = "sk_test_of_the_mock_gateway"
SECRET = "whsec_of_the_mock_gateway"
ORDER = {
    "amount": 1099,
    "currency": "usd",
    "payment_method": "pm_card_visa",
    "payment_method_types": ["card"],
    "metadata": {"order": "6735"},
}


def check(what, holds, found):
    if not holds:
        sys.exit(f"FAILED: {what}: {found}")
    print(f"ok: {what}")


def refused(call):
    """The exception of a call, or none."""
    try:
        call()
    except stripe.StripeError as error:
        return error
    return None


def connected(url, key=KEY):
    return stripe.StripeClient(key, base_addresses={"api": url}, max_network_retries=0).v1


def wishing(key=None, **wishes):
    """Options of a call: its idempotency key, and headers that choose the gateway's behaviour."""
    headers = {f"Payspec-{name.capitalize()}": wish for name, wish in wishes.items()}
    options = {"headers": headers} if headers else {}
    return options | ({"idempotency_key": key} if key else {})


def pays(client):
    paid = client.payment_intents.create(ORDER | {"confirm": True}, wishing("order-1"))
    check("a payment succeeds", paid.status == "succeeded" and paid.id.startswith("pi_"), paid)
    check("it is the payment of the order", (paid.amount, paid.currency, paid.metadata["order"]) == (1099, "usd", "6735"), paid)
    again = client.payment_intents.create(ORDER | {"confirm": True}, wishing("order-1"))
    check("the same key gets the same payment", again.to_dict() == paid.to_dict(), again)
    error = refused(lambda: client.payment_intents.create(ORDER | {"amount": 1100, "confirm": True}, wishing("order-1")))
    check("another amount under the same key is refused", isinstance(error, stripe.IdempotencyError) and error.http_status == 400, error)
    other = client.payment_intents.create(ORDER | {"confirm": True}, wishing("order-2"))
    check("another key gets another payment", other.id != paid.id, other)
    found = client.payment_intents.retrieve(paid.id)
    check("the payment is found", (found.id, found.status, found.amount) == (paid.id, "succeeded", 1099), found)
    return paid


def takes_time(client):
    options = wishing("order-3", result="processing", settlement="succeeds=2")
    payment = client.payment_intents.create(ORDER | {"confirm": True}, options)
    check("a payment is under way", payment.status == "processing", payment)
    statuses = [payment.status]
    deadline = time.monotonic() + 20
    while statuses[-1] != "succeeded" and time.monotonic() < deadline:
        time.sleep(0.2)
        statuses.append(client.payment_intents.retrieve(payment.id).status)
    check("it is retrieved until it has succeeded", statuses[-1] == "succeeded" and set(statuses) == {"processing", "succeeded"}, statuses)


def in_steps(client):
    options = wishing("order-4", result="requires_confirmation", settlement="waits")
    created = client.payment_intents.create(ORDER, options)
    check("a payment is created", created.status == "requires_confirmation", created)
    found = client.payment_intents.retrieve(created.id)
    check("it waits for its confirmation", found.status == "requires_confirmation", found)
    confirmed = client.payment_intents.confirm(created.id, {"payment_method": "pm_card_visa"}, wishing("confirm-4"))
    check("it is confirmed", (confirmed.id, confirmed.status, confirmed.amount) == (created.id, "succeeded", 1099), confirmed)
    found = client.payment_intents.retrieve(created.id)
    check("it has succeeded", found.status == "succeeded", found)

    options = wishing("order-5", result="authorized", settlement="waits")
    reserved = client.payment_intents.create(ORDER | {"confirm": True, "capture_method": "manual"}, options)
    check("money is reserved", reserved.status == "requires_capture", reserved)
    captured = client.payment_intents.capture(reserved.id, {"amount_to_capture": 1099}, wishing("capture-5"))
    check("it is captured", (captured.id, captured.status) == (reserved.id, "succeeded"), captured)

    options = wishing("order-6", result="authorized", settlement="waits")
    reserved = client.payment_intents.create(ORDER | {"confirm": True, "capture_method": "manual"}, options)
    canceled = client.payment_intents.cancel(reserved.id, {"cancellation_reason": "requested_by_customer"}, wishing("cancel-6"))
    check("a payment is cancelled", (canceled.id, canceled.status) == (reserved.id, "canceled"), canceled)
    found = client.payment_intents.retrieve(reserved.id)
    check("it stays cancelled", found.status == "canceled", found)
    error = refused(lambda: client.payment_intents.confirm(reserved.id, {}, wishing("confirm-6")))
    check("it cannot be confirmed any more", isinstance(error, stripe.InvalidRequestError) and error.code == "payment_intent_unexpected_state", error)


def is_declined(client):
    for code, decline_code in [("card_declined", "insufficient_funds"), ("card_declined", "lost_card"), ("expired_card", None), ("processing_error", None)]:
        name = decline_code or code
        options = wishing(f"declined-{name}", result=name)
        error = refused(lambda: client.payment_intents.create(ORDER | {"confirm": True}, options))
        check(f"a card is declined: {name}", isinstance(error, stripe.CardError) and error.http_status == 402, error)
        check("its code is the documented one", error.code == code and getattr(error.error, "decline_code", None) == decline_code, error.json_body)
        again = refused(lambda: client.payment_intents.create(ORDER | {"confirm": True}, wishing(f"declined-{name}")))
        check("the same key gets the same decline", isinstance(again, stripe.CardError) and again.json_body == error.json_body, again)


def fails(client, url):
    error = refused(lambda: connected(url, "sk_other").payment_intents.create(ORDER, wishing("order-7")))
    check("a wrong key is refused", isinstance(error, stripe.AuthenticationError) and error.http_status == 401, error)
    error = refused(lambda: client.payment_intents.retrieve("pi_of_nobody"))
    check("an unknown payment is refused", isinstance(error, stripe.InvalidRequestError) and error.code == "resource_missing", error)
    error = refused(lambda: client.payment_intents.create(ORDER | {"currency": "zzz"}, wishing("order-8")))
    check("an unknown currency is refused", isinstance(error, stripe.InvalidRequestError) and error.http_status == 400, error)
    for result, kind, status in [("rate_limit", stripe.RateLimitError, 429), ("idempotency_key_in_use", stripe.APIError, 409), ("api_error", stripe.APIError, 500), ("forbidden", stripe.PermissionError, 403)]:
        error = refused(lambda: client.payment_intents.create(ORDER | {"confirm": True}, wishing(f"order-{result}", result=result)))
        check(f"the gateway answers {result}", isinstance(error, kind) and error.http_status == status, error)
    paid = client.payment_intents.create(ORDER | {"confirm": True}, wishing("order-rate_limit"))
    check("a request that was refused for its rate is sent again", paid.status == "succeeded", paid)


def refunds(client, paid):
    refund = client.refunds.create({"payment_intent": paid.id, "amount": 1099}, wishing("refund-1"))
    check("a payment is refunded", (refund.status, refund.payment_intent, refund.amount) == ("succeeded", paid.id, 1099), refund)
    again = client.refunds.create({"payment_intent": paid.id, "amount": 1099}, wishing("refund-1"))
    check("the same key refunds once", again.to_dict() == refund.to_dict(), again)
    found = client.refunds.retrieve(refund.id)
    check("the refund is found", (found.id, found.status) == (refund.id, "succeeded"), found)
    error = refused(lambda: client.refunds.create({"payment_intent": paid.id}, wishing("refund-2", result="charge_already_refunded")))
    check("a second refund is refused", isinstance(error, stripe.InvalidRequestError) and error.code == "charge_already_refunded", error)


def lists(client):
    page = client.payment_intents.list({"limit": 2})
    check("payments are listed", page.object == "list" and page.data[0].object == "payment_intent", page)


class Shop(http.server.ThreadingHTTPServer):
    """Keeps the events that arrive, and answers with an HTTP status."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Hook)
        self.events, self.statuses = [], {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def wait_for(self, count):
        deadline = time.monotonic() + 20
        while len(self.events) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.events


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.events.append((self.path, dict(self.headers.items()), body))
        self.send_response(self.server.statuses.get(len(self.server.events), 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def signature_of(headers):
    return next(value for name, value in headers.items() if name.lower() == "stripe-signature")


def constructed(headers, body, secret=SECRET, tolerance=300):
    """The event, or none if the SDK refuses it."""
    try:
        return stripe.Webhook.construct_event(body, signature_of(headers), secret, tolerance)
    except stripe.SignatureVerificationError:
        return None


def reports(client, shop):
    """The SDK verifies the events that the gateway sends."""
    before = len(shop.events)
    shop.statuses[before + 1] = 500
    paid = client.payment_intents.create(ORDER | {"confirm": True}, wishing("event-1"))
    (path, headers, body), (_, again_headers, again) = shop.wait_for(before + 2)[before : before + 2]
    check("an event arrives at the configured address", path == "/hook?shop=1", path)
    event = constructed(headers, body)
    check("the SDK verifies it", event is not None, headers)
    check("it is about the payment", (event.type, event.data.object.id, event.data.object.amount) == ("payment_intent.succeeded", paid.id, 1099), event)
    check("it has an id of its own", event.id.startswith("evt_") and event.id != paid.id, event.id)
    repeated = constructed(again_headers, again)
    check("it is sent again, under the same id, after a failure", repeated is not None and (repeated.id, again) == (event.id, body), again)
    for at in range(len(body)):
        flipped = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        if constructed(headers, flipped) is not None:
            sys.exit(f"FAILED: byte {at} does not count")
    check("each byte of it counts", constructed(headers, body, "whsec_other") is None, headers)
    refund = client.refunds.create({"payment_intent": paid.id, "amount": 500}, wishing("event-2"))
    _, headers, body = shop.wait_for(before + 3)[before + 2]
    event = constructed(headers, body)
    check("a refund is reported", event is not None and (event.type, event.data.object.id, event.data.object.amount) == ("refund.updated", refund.id, 500), body)
    options = wishing("event-3", result="authorized", settlement="waits")
    reserved = client.payment_intents.create(ORDER | {"confirm": True, "capture_method": "manual"}, options)
    client.payment_intents.cancel(reserved.id, {}, wishing("event-4"))
    _, headers, body = shop.wait_for(before + 4)[before + 3]
    event = constructed(headers, body)
    check("a cancellation is reported", event is not None and (event.type, event.data.object.id) == ("payment_intent.canceled", reserved.id), body)
    return [constructed(headers, body).id for _, headers, body in shop.events[before:]]


def receives(events):
    """The generated receiver takes the events that the SDK signs, and nothing else."""
    now = int(time.time())
    body = json.dumps({"id": "evt_1", "object": "event", "api_version": "2026-10-28.endive", "created": now, "livemode": False, "pending_webhooks": 1, "request": None, "type": "payment_intent.succeeded", "data": {"object": {"id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 1099, "currency": "usd", "payment_method_options": {"card": {}}}}}, indent=2)
    signed = stripe.WebhookSignature.generate_signature_header(body, SECRET, now)

    def receive(signature=signed, body=body, now=now):
        events.stdin.write(json.dumps({"secret": SECRET, "signature": signature, "body": body, "now": now}) + "\n")
        events.stdin.flush()
        return json.loads(events.stdout.readline())

    found = receive()
    check("the receiver takes an event that the SDK signed", found == {"outcome": "Paid", "id": "evt_1", "object": "pi_1"}, found)
    found = receive(f"t={now},v0=00,v1={'0' * 64},{signed.split(',')[1]}")
    check("one of several signatures is enough", found.get("outcome") == "Paid", found)
    check("it is accepted for five minutes", "outcome" in receive(now=now + 300) and "refused" in receive(now=now + 301), found)
    other = stripe.WebhookSignature.generate_signature_header(body, "whsec_other", now)
    found = receive(other)
    check("another secret proves nothing", "refused" in found and "whsec" not in json.dumps(found), found)
    time_, scheme = signed.split(",v1=")
    for at in range(len(scheme)):
        flipped = scheme[:at] + ("0" if scheme[at] != "0" else "1") + scheme[at + 1 :]
        if "refused" not in receive(f"{time_},v1={flipped}"):
            sys.exit(f"FAILED: digit {at} of the signature does not count")
    for at in range(len(body)):
        flipped = body[:at] + chr(ord(body[at]) ^ 1) + body[at + 1 :]
        if "refused" not in receive(body=flipped):
            sys.exit(f"FAILED: character {at} of the body does not count")
    for at in range(2, len(time_)):
        flipped = time_[:at] + chr(ord(time_[at]) ^ 1) + time_[at + 1 :]
        if "refused" not in receive(f"{flipped},v1={scheme}"):
            sys.exit(f"FAILED: digit {at} of the time does not count")
    for wrong in ["", f"{time_}", f"v1={scheme}", f"{time_},v0={scheme}", f"t=,v1={scheme}"]:
        check(f"a header without its parts is refused: {wrong[:20]}", "refused" in receive(wrong), wrong)


def run(payspec, events):
    shop = Shop()
    mock = subprocess.Popen(
        [payspec, "mock", "--spec", SPEC, "--listen", "127.0.0.1:0", "--format", "json", "--credential", f"secret_key={KEY}", "--credential", f"webhook_secret={SECRET}", "--notify-url", f"http://127.0.0.1:{shop.server_port}/hook?shop=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        url = json.loads(mock.stdout.readline())["listening"]
        client = connected(url)
        ids = reports(client, shop)
        check("each end has an event of its own", len(set(ids)) == len(ids) - 1 == 3, ids)
        paid = pays(client)
        takes_time(client)
        in_steps(client)
        is_declined(client)
        fails(client, url)
        refunds(client, paid)
        lists(client)
    finally:
        mock.kill()
        mock.wait()
    log = mock.stdout.read()
    notified = [line for line in map(json.loads, log.splitlines()) if line.get("operation") == "report_event"]
    check("the log shows the events", len(notified) >= 4 and "acknowledged" in notified[0]["note"], notified)
    check("it shows no secret and no query", not any(word in log for word in [SECRET, KEY, "shop=1", "_secret_"]), "a line of the log")
    receiver = subprocess.Popen([events], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        receives(receiver)
    finally:
        receiver.kill()
        receiver.wait()


run(sys.argv[1], sys.argv[2])
