"""Lets PayPal's Python SDK pay against `payspec mock`, verifies its events, and signs events for a generated receiver.

Usage: pay.py PAYSPEC EVENTS, in the root of the repository, where PAYSPEC is the built command and EVENTS the program of
tests/examples/paypal_events.rs.
"""

import base64
import http.server
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import zlib

import requests
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from paypalserversdk.configuration import Configuration, Environment, Server
from paypalserversdk.exceptions.api_exception import ApiException
from paypalserversdk.http.auth.o_auth_2 import ClientCredentialsAuthCredentials
from paypalserversdk.paypal_serversdk_client import PaypalServersdkClient

SPEC = "tests/providers/paypal"
CLIENT, SECRET, WEBHOOK = "app-1", "secret-of-the-app", "96605875FF6516633"
# A signature that PayPal made: the generated client receives it, too (`tests/tests/all/client/paypal_notifications.rs`).
EVENT = json.loads(pathlib.Path("tests/interop/paypal/event.json").read_text())
AMOUNT = {"currency_code": "USD", "value": "10.99"}
ORDER = {"intent": "CAPTURE", "purchase_units": [{"amount": AMOUNT, "custom_id": "O-1"}]}
ALL = "return=representation"
# The lifetime of a token of the gateway in seconds.
LIFETIME = 2

# Headers that choose the gateway's behaviour. The SDK has no way to send them.
wishes = {}
send = requests.Session.send
sent = []


def spied(self, request, **options):
    if not request.url.endswith("/v1/oauth2/token"):
        request.headers.update({f"Payspec-{name.capitalize()}": wish for name, wish in wishes.items()})
    sent.append((request.method, request.path_url, request.headers.get("Authorization")))
    return send(self, request, **options)


requests.Session.send = spied


def check(what, holds, found):
    if not holds:
        sys.exit(f"FAILED: {what}: {found}")
    print(f"ok: {what}")


def call(method, wish=None, **options):
    """The HTTP status and the JSON of an answer."""
    wishes.clear()
    wishes.update(wish or {})
    try:
        answer = method({"prefer": ALL, **options})
    except ApiException as error:
        return error.response_code, json.loads(error.response.text)
    return answer.status_code, json.loads(answer.text) if answer.text else None


def connected(url, secret=SECRET):
    Configuration.environments[Environment.SANDBOX][Server.DEFAULT] = url
    client = PaypalServersdkClient(
        environment=Environment.SANDBOX,
        client_credentials_auth_credentials=ClientCredentialsAuthCredentials(o_auth_client_id=CLIENT, o_auth_client_secret=secret),
    )
    return client


def pays(client):
    orders = client.orders
    status, order = call(orders.create_order, paypal_request_id="order-1", body=ORDER)
    check("an order is created", status in (200, 201) and order["status"] in ("CREATED", "PAYER_ACTION_REQUIRED"), (status, order))
    status, again = call(orders.create_order, paypal_request_id="order-1", body=ORDER)
    check("the same id gets the same order", status in (200, 201) and again["id"] == order["id"], (status, again))
    status, other = call(orders.create_order, paypal_request_id="order-2", body=ORDER)
    check("another id gets another order", other["id"] != order["id"], other)
    status, found = call(orders.get_order, id=order["id"])
    check("the order is shown", status == 200 and found["id"] == order["id"], (status, found))
    status, captured = call(orders.capture_order, {"result": "completed"}, id=order["id"], paypal_request_id="capture-1")
    check("the order is captured", status in (200, 201) and (captured["id"], captured["status"]) == (order["id"], "COMPLETED"), (status, captured))


def captures(client):
    payments = client.payments
    capture = lambda key, **wish: call(payments.capture_authorized_payment, wish, authorization_id="0VF52814937998046", paypal_request_id=key, body={"amount": AMOUNT})
    status, paid = capture("capture-2")
    check("an authorization is captured", status == 201 and paid["status"] == "COMPLETED" and paid["amount"] == AMOUNT, (status, paid))
    status, again = capture("capture-2")
    check("the same id captures once", status == 201 and again == paid, (status, again))
    status, found = call(payments.get_captured_payment, capture_id=paid["id"])
    check("the capture is shown", status == 200 and (found["id"], found["status"]) == (paid["id"], "COMPLETED"), (status, found))
    status, pending = capture("capture-3", result="processing", settlement="succeeds=1")
    check("a capture is pending", status == 201 and pending["status"] == "PENDING", (status, pending))
    states, deadline = [], time.monotonic() + 20
    while "COMPLETED" not in states and time.monotonic() < deadline:
        time.sleep(0.3)
        states.append(call(payments.get_captured_payment, capture_id=pending["id"])[1]["status"])
    check("it is looked up until it is completed", states[-1] == "COMPLETED", states)
    time.sleep(LIFETIME)
    status, _ = call(payments.get_captured_payment, capture_id=paid["id"])
    tokens = {authorization for _, path, authorization in sent if not path.endswith("/token")}
    check("an expired token is replaced", status == 200 and len(tokens) > 1, (status, len(tokens)))
    return paid["id"], pending["id"]


def refunds(client, capture):
    payments = client.payments
    amount = {"currency_code": "USD", "value": "5.00"}
    refund = lambda key, **wish: call(payments.refund_captured_payment, wish, capture_id=capture, paypal_request_id=key, body={"amount": amount})
    status, refunded = refund("refund-1")
    check("a capture is refunded", status == 201 and (refunded["status"], refunded["amount"]) == ("COMPLETED", amount), (status, refunded))
    status, again = refund("refund-1")
    check("the same id refunds once", status == 201 and again == refunded, (status, again))
    status, found = call(payments.get_refund, refund_id=refunded["id"])
    check("the refund is shown", status == 200 and found["id"] == refunded["id"], (status, found))
    status, voided = call(payments.void_payment, authorization_id="0VF52814937998047", paypal_request_id="void-1")
    check("an authorization is voided", status == 204 or status == 200 and voided["status"] == "VOIDED", (status, voided))


def is_refused(client, url):
    status, body = call(client.payments.get_captured_payment, capture_id="UNKNOWN")
    check("an unknown capture is refused", (status, body["name"]) == (404, "RESOURCE_NOT_FOUND"), (status, body))
    for result, expected in [("UNPROCESSABLE_ENTITY", 422), ("INVALID_REQUEST", 400), ("NOT_AUTHORIZED", 403), ("INTERNAL_SERVER_ERROR", 500)]:
        status, body = call(client.orders.create_order, {"result": result}, paypal_request_id=f"order-{result}", body=ORDER)
        check(f"the gateway answers {result}", (status, body["name"]) == (expected, result), (status, body))
    try:
        connected(url, "another secret").orders.create_order({"paypal_request_id": "order-9", "body": ORDER})
        found = "it was accepted"
    except Exception as error:
        found = str(error)
    check("a wrong secret gets no token", "OAuthToken" in found or "401" in found, found)


class Shop(http.server.ThreadingHTTPServer):
    """Keeps the events that arrive, and answers with an HTTP status."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Hook)
        self.events, self.failures = [], 1
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def wait_for(self, found):
        deadline = time.monotonic() + 20
        while not found(self.events) and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.events


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.events.append((dict(self.headers), body))
        self.server.failures -= 1
        self.send_response(500 if self.server.failures >= 0 else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def content(headers, body, webhook=WEBHOOK):
    return f"{headers['Paypal-Transmission-Id']}|{headers['Paypal-Transmission-Time']}|{webhook}|{zlib.crc32(body)}".encode()


def is_signed(key, headers, body, webhook=WEBHOOK):
    """Verifies an event as PayPal's former SDKs do."""
    signature = base64.b64decode(headers["Paypal-Transmission-Sig"])
    try:
        key.verify(signature, content(headers, body, webhook), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return headers["Paypal-Auth-Algo"] == "SHA256withRSA"


def reports(shop, key, capture):
    """The script verifies the events that the gateway sends."""
    about = lambda events: [one for one in events if json.loads(one[1]).get("resource", {}).get("id") == capture and json.loads(one[1])["event_type"] == "PAYMENT.CAPTURE.COMPLETED"]
    shop.wait_for(lambda events: len(about(events)) > 0)
    found = about(shop.events)
    check("the gateway reports the capture", len(found) > 0, [body for _, body in shop.events])
    headers, body = found[0]
    headers = {name.title(): value for name, value in headers.items()}
    check("the event verifies", is_signed(key, headers, body), headers)
    check("it is for this webhook alone", not is_signed(key, headers, body, "OTHER"), headers)
    check("its body counts", not is_signed(key, headers, body.replace(b"10.99", b"99.99") + b" "), body)
    first = shop.events[0][1]
    shop.wait_for(lambda events: sum(body == first for _, body in events) > 1)
    check("an event is sent again after a failure", sum(body == first for _, body in shop.events) > 1, len(shop.events))


def receives(receiver, folder):
    """The generated receiver takes the events that this script and PayPal signed, and nothing else."""
    private = load_pem_private_key((folder / "gateway-private.pem").read_bytes(), None)
    public = (folder / "gateway-public.pem").read_text()
    address = "https://api.paypal.com/v1/notifications/certs/CERT-1"
    resource = {"id": "2GG279541U471931P", "status": "COMPLETED", "amount": AMOUNT}
    body = json.dumps({"id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": resource})

    def signed(body, form=str):
        headers = {"Paypal-Transmission-Id": str(uuid.uuid4()), "Paypal-Transmission-Time": "2026-11-20T10:00:05Z", "Paypal-Cert-Url": address, "Paypal-Auth-Algo": "SHA256withRSA"}
        text = f"{headers['Paypal-Transmission-Id']}|{headers['Paypal-Transmission-Time']}|{WEBHOOK}|{form(zlib.crc32(body.encode()))}"
        signature = private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        return {**headers, "Paypal-Transmission-Sig": base64.b64encode(signature).decode()}

    def receive(headers, body, webhook=WEBHOOK, keys=None):
        keys = keys or {address: public, "https://api.paypal.com/other": EVENT["public_key"]}
        receiver.stdin.write(json.dumps({"webhook_id": webhook, "keys": keys, "headers": headers, "body": body}) + "\n")
        receiver.stdin.flush()
        return json.loads(receiver.stdout.readline())

    headers = signed(body)
    check("the receiver takes an event that this script signed", receive(headers, body).get("outcome") == "Paid", receive(headers, body))
    wrong = {
        "another webhook": receive(headers, body, "OTHER"),
        "another body": receive(headers, body.replace("10.99", "99.99")),
        "a CRC-32 in hexadecimal digits": receive(signed(body, lambda number: f"{number:x}"), body),
        "an unknown certificate": receive({**headers, "Paypal-Cert-Url": "https://evil.example/cert"}, body),
        "another key": receive({**headers, "Paypal-Cert-Url": "https://api.paypal.com/other"}, body),
        "another algorithm": receive({**headers, "Paypal-Auth-Algo": "SHA1withRSA"}, body),
        "another time": receive({**headers, "Paypal-Transmission-Time": "2026-11-20T10:00:06Z"}, body),
    }
    for name in headers:
        wrong[f"no {name}"] = receive({key: value for key, value in headers.items() if key != name}, body)
    for what, found in wrong.items():
        check(f"the receiver refuses {what}", "refused" in found, found)
    keys = {EVENT["headers"]["Paypal-Cert-Url"]: EVENT["public_key"]}
    found = receive(EVENT["headers"], EVENT["body"], EVENT["webhook_id"], keys)
    check("the receiver takes an event that PayPal signed", found.get("id") == "WH-2MW4820926242972J-6SG447389E205703U", found)
    theirs = load_pem_public_key(EVENT["public_key"].encode())
    check("so does this script", is_signed(theirs, EVENT["headers"], EVENT["body"].encode(), EVENT["webhook_id"]), EVENT["headers"])


def run(payspec, events):
    shop = Shop()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name, "keys")
        mock = subprocess.Popen(
            [payspec, "mock", "--spec", SPEC, "--listen", "127.0.0.1:0", "--format", "json", "--keys", str(folder), "--token-lifetime", str(LIFETIME), "--credential", f"client_id={CLIENT}", "--credential", f"client_secret={SECRET}", "--credential", f"webhook_id={WEBHOOK}", "--notify-url", f"http://127.0.0.1:{shop.server_port}/webhook"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            url = json.loads(mock.stdout.readline())["listening"]
            client = connected(url)
            pays(client)
            paid, pending = captures(client)
            refunds(client, paid)
            is_refused(client, url)
            reports(shop, load_pem_public_key((folder / "gateway-public.pem").read_bytes()), pending)
        finally:
            mock.kill()
            mock.wait()
        log = mock.stdout.read()
        check("the log shows no secret", SECRET not in log and not any(token and token in log for _, _, token in sent), "a line of the log")
        receiver = subprocess.Popen([events], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            receives(receiver, folder)
        finally:
            receiver.kill()
            receiver.wait()


run(sys.argv[1], sys.argv[2])
