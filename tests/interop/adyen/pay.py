"""Lets Adyen's Python SDK pay against `payspec mock`, verify its events, and sign events for a generated receiver.

Usage: pay.py PAYSPEC EVENTS, in the root of the repository, where PAYSPEC is the built command and EVENTS the program of
tests/examples/adyen_events.rs.
"""

import copy
import http.server
import json
import subprocess
import sys
import threading
import time

import Adyen
from Adyen.exceptions import AdyenError
from Adyen.util import generate_notification_sig, is_valid_hmac_notification

SPEC = "tests/providers/adyen"
KEY = "api_key_of_the_mock_gateway"
HMAC = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"
ORDER = {
    "merchantAccount": "TestMerchant",
    "amount": {"currency": "EUR", "value": 1130},
    "reference": "order-1",
    "paymentMethod": {"type": "scheme", "encryptedCardNumber": "test_4111111111111111", "encryptedExpiryMonth": "test_03", "encryptedExpiryYear": "test_2030", "encryptedSecurityCode": "test_737"},
    "returnUrl": "https://shop.example.com/back",
}
PART = {"merchantAccount": "TestMerchant", "reference": "part-1", "amount": {"currency": "EUR", "value": 1130}}


def check(what, holds, found):
    if not holds:
        sys.exit(f"FAILED: {what}: {found}")
    print(f"ok: {what}")


def refused(call):
    """The exception of a call, or none."""
    try:
        call()
    except AdyenError as error:
        return error
    return None


class Client:
    """The SDK's services at the address of the gateway, without libraries of others."""

    def __init__(self, url, key=KEY):
        adyen = Adyen.Adyen(xapikey=key, platform="test", http_force="urllib")
        self.payments, self.modifications = adyen.checkout.payments_api, adyen.checkout.modifications_api
        for service in (self.payments, self.modifications):
            service.baseUrl = f"{url}/v71"

    def pay(self, key, order=ORDER, **wishes):
        return self.payments.payments(order, idempotency_key=key, header_parameters=wishing(wishes))


def wishing(wishes):
    """Headers that choose the gateway's behaviour."""
    return {f"Payspec-{name.capitalize()}": wish for name, wish in wishes.items()}


def pays(client):
    paid = client.pay("order-1")
    check("a payment is authorised", paid.status_code == 200 and paid.message["resultCode"] == "Authorised", paid)
    check("it has a reference", len(paid.message["pspReference"]) >= 16, paid.message)
    again = client.pay("order-1")
    check("the same key gets the same payment", again.message == paid.message, again.message)
    other = client.pay("order-2")
    check("another key gets another payment", other.message["pspReference"] != paid.message["pspReference"], other.message)
    return paid.message["pspReference"]


def is_refused(client, url):
    unpaid = client.pay("refused-1", result="unpaid")
    check("a payment is refused", unpaid.message["resultCode"] == "Refused", unpaid.message)
    again = client.pay("refused-1")
    check("the same key gets the same refusal", again.message == unpaid.message, again.message)
    redirected = client.pay("redirected-1", result="redirect")
    check("a shopper is redirected", redirected.message["action"]["url"].startswith("https://"), redirected.message)
    for result, status, code in [("101", 422, "101"), ("14_030", 422, "14_030"), ("901", 403, "901"), ("702", 400, "702")]:
        error = refused(lambda: client.pay(f"error-{result}", result=result))
        check(f"the gateway answers {result}", error is not None and (error.status_code, error.error_code) == (status, code), error)
    error = refused(lambda: Client(url, "another key").pay("order-3"))
    check("a wrong key is refused", error is not None and error.status_code == 401, error)


def modifies(client, reference):
    captured = client.modifications.capture_authorised_payment(PART, reference, idempotency_key="capture-1")
    check("a payment is captured", captured.status_code == 201 and captured.message["status"] == "received", captured)
    message = captured.message
    check("the answer is about the payment", (message["paymentPspReference"], message["amount"]) == (reference, PART["amount"]), message)
    again = client.modifications.capture_authorised_payment(PART, reference, idempotency_key="capture-1")
    check("the same key captures once", again.message == message, again.message)
    refunded = client.modifications.refund_captured_payment(PART, reference, idempotency_key="refund-1")
    check("a payment is refunded", refunded.status_code == 201 and refunded.message["status"] == "received", refunded)
    check("the refund has a reference of its own", refunded.message["pspReference"] not in (reference, message["pspReference"]), refunded.message)
    part = {name: value for name, value in PART.items() if name != "amount"}
    cancelled = client.modifications.cancel_authorised_payment_by_psp_reference(part, reference, idempotency_key="cancel-1")
    check("a payment is cancelled", cancelled.status_code == 201 and cancelled.message["status"] == "received", cancelled)


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
        self.server.events.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self.server.statuses.get(len(self.server.events), 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def event_of(message):
    return message["notificationItems"][0]["NotificationRequestItem"]


def others(value):
    """Each value that one changed character makes of a text or number."""
    text = str(value)
    for at in range(len(text)):
        other = text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]
        yield other if isinstance(value, str) else int(other)


PLACES = [("pspReference",), ("merchantAccountCode",), ("merchantReference",), ("amount", "value"), ("amount", "currency"), ("eventCode",), ("success",), ("additionalData", "hmacSignature")]


def changed(message):
    """Each message that one changed character of a signed value or of the signature makes."""
    for path in PLACES:
        inner = event_of(message)
        for name in path:
            inner = inner[name]
        for other in others(inner):
            made = copy.deepcopy(message)
            target = event_of(made)
            for name in path[:-1]:
                target = target[name]
            target[path[-1]] = other
            yield path, made


def reports(client, shop):
    """The SDK verifies the events that the gateway sends."""
    shop.statuses[1] = 500
    paid = client.pay("event-1").message["pspReference"]
    body, again = shop.wait_for(2)[:2]
    message = json.loads(body)
    check("the SDK verifies an event", is_valid_hmac_notification(message, HMAC) is True, body)
    event = event_of(message)
    check("it is about the payment", (event["eventCode"], event["success"], event["pspReference"]) == ("AUTHORISATION", "true", paid), event)
    check("it is sent again after a failure", is_valid_hmac_notification(json.loads(again), HMAC) and event_of(json.loads(again))["pspReference"] == paid, again)
    for path, made in changed(message):
        if is_valid_hmac_notification(made, HMAC):
            sys.exit(f"FAILED: {path} does not count")
    check("each character of it counts", not is_valid_hmac_notification(message, "00" * 32), body)


def receives(receiver):
    """The generated receiver takes the events that the SDK signs, and nothing else."""
    event = {"amount": {"currency": "EUR", "value": 1130}, "pspReference": "7914073381342284", "eventCode": "AUTHORISATION", "eventDate": "2019-05-06T17:15:34.121+02:00", "merchantAccountCode": "TestMerchant", "merchantReference": "order:1\\2", "operations": ["CANCEL", "CAPTURE", "REFUND"], "paymentMethod": "visa", "success": "true"}

    def signed(**changes):
        made = copy.deepcopy(event) | changes
        made["additionalData"] = {"hmacSignature": generate_notification_sig(made, HMAC).decode()}
        return {"NotificationRequestItem": made}

    def receive(message, key=HMAC):
        receiver.stdin.write(json.dumps({"key": key, "body": json.dumps(message)}) + "\n")
        receiver.stdin.flush()
        return json.loads(receiver.stdout.readline())

    message = {"live": "false", "notificationItems": [signed(), signed(eventCode="REFUND", originalReference="7914073381342284", pspReference="R1")]}
    found = receive(message)
    outcomes = [one.get("outcome") for one in found["events"]]
    check("the receiver takes events that the SDK signed", (found["status"], outcomes) == (200, ["Paid", "Refunded"]), found)
    check("a reference with a colon and a backslash stays itself", found["events"][0]["reference"] == "order:1\\2", found)
    check("another key proves nothing", all("refused" in one for one in receive(message, "00" * 32)["events"]), found)
    tried = 0
    for path, made in changed(message):
        other = receive(made)
        if other["status"] != 500 or "refused" not in other["events"][0] or other["events"][1].get("outcome") != "Refunded":
            sys.exit(f"FAILED: {path} does not count: {other}")
        tried += 1
    check("each character of an event counts, and hides no other event", tried > 100, tried)
    moved = signed()
    moved["NotificationRequestItem"] |= {"merchantAccountCode": "TestMerchant:order", "merchantReference": "1\\2"}
    check("the SDK takes a reference that moved", is_valid_hmac_notification({"notificationItems": [moved]}, HMAC) is True, moved)
    found = receive({"notificationItems": [moved]})
    check("the receiver does not", found["status"] == 500 and "refused" in found["events"][0], found)


def run(payspec, events):
    shop = Shop()
    mock = subprocess.Popen(
        [payspec, "mock", "--spec", SPEC, "--listen", "127.0.0.1:0", "--format", "json", "--credential", f"api_key={KEY}", "--credential", f"hmac_key={HMAC}", "--notify-url", f"http://127.0.0.1:{shop.server_port}/hook"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        url = json.loads(mock.stdout.readline())["listening"]
        client = Client(url)
        reports(client, shop)
        reference = pays(client)
        is_refused(client, url)
        modifies(client, reference)
    finally:
        mock.kill()
        mock.wait()
    log = mock.stdout.read()
    check("the log shows no secret", not any(word in log for word in [KEY, HMAC, "test_4111"]), "a line of the log")
    receiver = subprocess.Popen([events], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        receives(receiver)
    finally:
        receiver.kill()
        receiver.wait()


run(sys.argv[1], sys.argv[2])
