"""Lets the Python SDK `wechatpayv3` pay against `payspec mock`.

Usage: pay.py PAYSPEC, in the root of the repository, where PAYSPEC is the built command.
"""

import base64
import http.server
import json
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading
import time

import requests
import wechatpayv3
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_private_key

SPEC = "tests/providers/wechatpay"
# The notification that the generated client receives, too: `tests/tests/all/client/wechatpay_notifications.rs`.
NOTIFICATION = json.loads(pathlib.Path("tests/interop/wechatpay/notification.json").read_text())
MCHID = "1900000001"
# The id of both keys at the gateway.
KEY_ID = "1"
AMOUNT = {"total": 1099, "currency": "CNY"}

# Headers that choose the gateway's behaviour. The SDK has no way to send them.
wishes = {}
send = requests.Session.request


def request(self, method, url, **options):
    named = {f"Payspec-{name.capitalize()}": wish for name, wish in wishes.items()}
    options["headers"] = {**options.get("headers", {}), **named}
    return send(self, method, url, **options)


requests.Session.request = request


def check(what, holds, found):
    if not holds:
        sys.exit(f"FAILED: {what}: {found}")
    print(f"ok: {what}")


def call(function, *arguments, wish=None, **options):
    """The HTTP status and the JSON of an answer."""
    wishes.clear()
    wishes.update(wish or {})
    status, text = function(*arguments, **options)
    return status, json.loads(text) if text else None


def connected(url, own, providers, mchid=MCHID, serial=KEY_ID, key_id=KEY_ID):
    client = wechatpayv3.WeChatPay(
        wechatpay_type=wechatpayv3.WeChatPayType.NATIVE,
        mchid=mchid,
        private_key=own,
        cert_serial_no=serial,
        apiv3_key=NOTIFICATION["key"],
        appid="wx1234567890abcdef",
        notify_url="https://shop.example.com/notify",
        public_key=providers,
        public_key_id=key_id,
    )
    client._core._gate_way = url
    return client


def order(client, number, amount=AMOUNT, **wish):
    return call(client.pay, description="Coffee", out_trade_no=number, amount=amount, wish=wish)


def state(client, number):
    status, body = call(client.query, out_trade_no=number)
    return body.get("trade_state") if status == 200 else (status, body)


def pays(client):
    status, body = order(client, "order-000001", result="ordered", settlement="succeeds=2")
    check("an order is placed", status == 200 and body["code_url"].startswith("weixin://"), (status, body))
    states = [state(client, "order-000001")]
    check("it is not paid yet", states == ["NOTPAY"], states)
    deadline = time.monotonic() + 20
    while states[-1] != "SUCCESS" and time.monotonic() < deadline:
        time.sleep(0.2)
        states.append(state(client, "order-000001"))
    check("it is queried until it is paid", set(states) == {"NOTPAY", "SUCCESS"}, states)
    _, paid = call(client.query, out_trade_no="order-000001")
    check("the payment is that of the order", (paid["out_trade_no"], paid["amount"]["total"]) == ("order-000001", 1099), paid)
    return paid


def closes(client):
    order(client, "order-000002", result="ordered", settlement="waits")
    status, body = call(client.close, out_trade_no="order-000002")
    check("an order is closed", (status, body) == (204, None), (status, body))


def refunds(client):
    amount = {"refund": 500, "total": 1099, "currency": "CNY"}
    refund = lambda **wish: call(client.refund, out_refund_no="refund-000001", out_trade_no="order-000001", amount=amount, wish=wish)
    status, body = refund(result="under_way", settlement="succeeds=1")
    check("a refund is under way", status == 200 and body["status"] == "PROCESSING", (status, body))
    check("it is that of the order", (body["out_refund_no"], body["amount"]["refund"]) == ("refund-000001", 500), body)
    statuses = [body["status"]]
    deadline = time.monotonic() + 20
    while statuses[-1] != "SUCCESS" and time.monotonic() < deadline:
        time.sleep(0.2)
        status, body = call(client.query_refund, "refund-000001")
        statuses.append(body["status"])
    check("it is queried until it has succeeded", statuses[-1] == "SUCCESS", statuses)


def fails(url, client, own, providers, other):
    status, body = call(client.query, out_trade_no="order-unknown")
    check("an unknown order is refused", (status, body["code"]) == (404, "ORDER_NOT_EXIST"), (status, body))
    status, body = order(client, "short")
    check("an invalid number is refused", (status, body["code"]) == (400, "PARAM_ERROR"), (status, body))
    for result, expected in [("RATELIMIT_EXCEEDED", 429), ("SYSTEM_ERROR", 500), ("NO_AUTH", 403)]:
        status, body = order(client, f"order-{result}"[:32], result=result)
        check(f"the gateway answers {result}", (status, body["code"]) == (expected, result), (status, body))
    for what, wrong in [
        ("another key", connected(url, other, providers)),
        ("an unknown serial number", connected(url, own, providers, serial="2")),
        ("another merchant", connected(url, own, providers, mchid="1900000002")),
    ]:
        status, body = order(wrong, "order-000009")
        check(f"{what} is refused", (status, body["code"]) == (401, "SIGN_ERROR"), (status, body))
    for fault in ["unsigned", "wrong-signature", "changed-body"]:
        try:
            order(client, f"order-{fault}", fault=fault)
            found = "it was accepted"
        except Exception as error:
            found = str(error)
        refused = "signature" in found or "algorithm" in found
        check(f"the SDK refuses an answer: {fault}", refused, found)


def signed(private, body):
    """The headers of a notification, as the provider signs it."""
    key = load_pem_private_key(private.encode(), None)
    time_s, nonce = str(int(time.time())), "0123456789abcdef0123456789abcdef"
    signature = key.sign(f"{time_s}\n{nonce}\n{body}\n".encode(), padding.PKCS1v15(), hashes.SHA256())
    return {
        "Wechatpay-Timestamp": time_s,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": KEY_ID,
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        "Wechatpay-Signature": base64.b64encode(signature).decode(),
    }


def hears(client, private):
    plain, wire = NOTIFICATION["plain"], NOTIFICATION["wire"]
    body = json.dumps(wire)
    heard = client.callback(signed(private, body), body)
    check("a notification is decrypted", heard == plain, heard)
    changed = {**wire, "resource": {**wire["resource"], "associated_data": "refund"}}
    body = json.dumps(changed)
    heard = client.callback(signed(private, body), body)
    check("a changed one is not", not heard, heard)


def is_told(client):
    """The gateway reports a payment to a server of ours, and the SDK verifies and decrypts what comes."""
    arrived = queue.Queue()

    class Shop(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            arrived.put((dict(self.headers), body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    shop = http.server.HTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=shop.serve_forever, daemon=True).start()
    hook = f"http://127.0.0.1:{shop.server_address[1]}/notify"
    wish = {"result": "ordered", "settlement": "succeeds=1"}
    status, body = call(client.pay, description="Coffee", out_trade_no="order-000010", amount=AMOUNT, notify_url=hook, wish=wish)
    check("an order with an address is placed", status == 200, (status, body))
    headers, body = arrived.get(timeout=20)
    # The SDK looks the headers up by these names.
    headers = {name.title(): value for name, value in headers.items()}
    check("the gateway's notification shows no order", "order-000010" not in body, body)
    heard = client.callback(headers, body)
    resource = heard and heard["resource"]
    found = resource and (resource["out_trade_no"], resource["trade_state"], resource["amount"]["total"])
    check("the gateway's notification is decrypted", found == ("order-000010", "SUCCESS", 1099), heard)
    heard = client.callback(headers, body.replace('"nonce":"', '"nonce":"x'))
    check("a changed one of the gateway is not", not heard, heard)
    shop.shutdown()


def run(payspec):
    with tempfile.TemporaryDirectory() as folder:
        keys = pathlib.Path(folder, "keys")
        others = pathlib.Path(folder, "others")
        mock = lambda keys: subprocess.Popen(
            [payspec, "mock", "--spec", SPEC, "--listen", "127.0.0.1:0", "--format", "json", "--keys", str(keys), "--credential", f"mchid={MCHID}", "--credential", f"apiv3_key={NOTIFICATION['key']}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        processes = [mock(keys), mock(others)]
        try:
            url = json.loads(processes[0].stdout.readline())["listening"]
            json.loads(processes[1].stdout.readline())
            own = (keys / "client-private.pem").read_text()
            other = (others / "client-private.pem").read_text()
            providers = (keys / "gateway-public.pem").read_text()
            client = connected(url, own, providers)
            pays(client)
            closes(client)
            refunds(client)
            fails(url, client, own, providers, other)
            is_told(client)
            hears(client, (keys / "gateway-private.pem").read_text())
        finally:
            for process in processes:
                process.kill()
                process.wait()


run(sys.argv[1])
