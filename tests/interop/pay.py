"""Lets the provider's Python SDK pay against `payspec mock`.

Usage: pay.py PAYSPEC, in the root of the repository, where PAYSPEC is the built command.
"""

import http.client
import http.server
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from pathlib import Path

from com.alipay.ams.api.default_alipay_client import DefaultAlipayClient
from com.alipay.ams.api.exception.exception import AlipayApiException
from com.alipay.ams.api.model.amount import Amount
from com.alipay.ams.api.model.env import Env
from com.alipay.ams.api.model.merchant import Merchant
from com.alipay.ams.api.model.order import Order
from com.alipay.ams.api.model.store import Store
from com.alipay.ams.api.net import default_http_rpc
from com.alipay.ams.api.request.pay.entry_code_payment_request import (
    EntryCodePaymentRequest,
)
from com.alipay.ams.api.tools import signature_tool, webhook_tool

CLIENT = "SANDBOX_5X00000000000000"
# Headers that the tests add to what the SDK sends.
WISHES = {}


class Connection(http.client.HTTPConnection):
    """What the SDK opens instead of https at port 443."""

    def putrequest(self, *args, **kwargs):
        super().putrequest(*args, **kwargs)
        for name, value in WISHES.items():
            self.putheader(name, value)


OWN_CONNECTION = getattr(default_http_rpc, "__get_http_connection")


def plain_connection(url, timeout=10):
    parts = urllib.parse.urlparse(url)
    return Connection(parts.hostname, parts.port, timeout=timeout)


setattr(default_http_rpc, "__get_http_connection", plain_connection)


def key(path):
    """A key as the SDK takes it: base64 without armour."""
    lines = Path(path).read_text().splitlines()
    return "".join(line for line in lines if not line.startswith("-----"))


def payment(request_id, value, notify_url="https://shop.example/notify"):
    merchant = Merchant()
    merchant.reference_merchant_id = "M1"
    merchant.merchant_name = "cup Hu"
    merchant.merchant_mcc = "1405"
    merchant.store = Store()
    merchant.store.reference_store_id = "S1"
    merchant.store.store_name = "cup Hu"
    merchant.store.store_mcc = "1405"
    order = Order()
    order.reference_order_id = "O1"
    order.order_description = "A wrist strap, \u624b\u5e36"
    order.order_amount = Amount("USD", value)
    order.merchant = merchant
    order.env = Env()
    order.env.user_agent = "Mozilla/5.0"
    return EntryCodePaymentRequest(
        request_id,
        order,
        "USD",
        value,
        payment_notify_url=notify_url,
        payment_redirect_url="https://shop.example/thanks",
    )


def check(what, holds, found):
    if not holds:
        sys.exit(f"FAILED: {what}: {found}")
    print(f"ok: {what}")


def start(payspec, folder, address, *more):
    """A gateway and its address, or none where the port cannot be had."""
    mock = subprocess.Popen(
        [payspec, "mock", "--listen", address, "--keys", folder, "--format", "json", *more],
        stdout=subprocess.PIPE,
        text=True,
    )
    first = mock.stdout.readline()
    return mock, json.loads(first)["listening"] if first else None


def run(payspec, folder):
    mock, url = start(payspec, folder, "127.0.0.1:0")
    try:
        private, public = key(f"{folder}/client-private.pem"), key(f"{folder}/gateway-public.pem")
        client = DefaultAlipayClient(url, CLIENT, private, public)

        def pay(request_id, value="100"):
            answer = json.loads(client.execute(payment(request_id, value)))
            # The gateway's own word for what it got.
            record = json.loads(mock.stdout.readline())
            return answer, record

        answer, record = pay("interop-1")
        check("a good payment is redirected", answer["result"]["resultStatus"] == "S" and answer["redirectActionForm"]["redirectUrl"], (answer, record))
        check("its id comes back", answer["paymentRequestId"] == "interop-1", answer)
        again, record = pay("interop-1")
        check("a repetition gets the same answer", again == answer and record["replayed"], (again, record))
        changed, record = pay("interop-1", "101")
        check("a changed amount is refused", changed["result"]["resultCode"] == "REPEAT_REQ_INCONSISTENT", (changed, record))
        long, record = pay("x" * 65)
        check("an id that is too long is refused", long["result"]["resultCode"] == "PARAM_ILLEGAL", (long, record))
        check("the gateway says where", record["violations"][0]["path"] == "/paymentRequestId", record)

        for fault in ("changed-body", "wrong-signature"):
            WISHES["Payspec-Fault"] = fault
            try:
                taken = client.execute(payment("interop-1", "100"))
            except AlipayApiException as refused:
                taken = None
                print(f"   ({refused})")
            except Exception as refused:  # its RSA library raises an exception of its own
                taken = None
                print(f"   ({type(refused).__name__})")
            mock.stdout.readline()
            check(f"the SDK refuses {fault}", taken is None, taken)
        WISHES.clear()

        notified(client, public)
        both_ways(payspec, folder, private, public)
    finally:
        mock.kill()
        mock.wait()


def notified(client, public):
    """The gateway reports a payment, and the SDK verifies what came."""
    came = []
    heard = threading.Event()

    class Shop(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            came.append((self.path, dict(self.headers.items()), body))
            reply = b'{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"success"}}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)
            heard.set()

        def log_message(self, *_):
            pass

    shop = http.server.HTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=shop.serve_forever, daemon=True).start()
    client.execute(payment("interop-notify", "100", f"http://127.0.0.1:{shop.server_port}/notify?shop=1"))
    check("the shop is notified", heard.wait(20), came)
    path, headers, body = came[0]
    headers = {name.lower(): value for name, value in headers.items()}
    message = ("POST", path, headers["client-id"], headers["request-time"])
    told = json.loads(body)
    check("the notification tells of the payment", told["paymentRequestId"] == "interop-notify" and told["result"]["resultStatus"] == "S", told)
    check("the SDK verifies the notification", webhook_tool.check_signature(*message, body, headers["signature"], public), headers)
    try:
        forged = webhook_tool.check_signature(*message, body + " ", headers["signature"], public)
    except Exception:
        forged = False
    check("the SDK refuses a changed notification", not forged, forged)
    shop.shutdown()


def by_tls(payspec, folder):
    """The SDK as it is, by https at port 443; at another port where that one cannot be had."""
    authority = f"{folder}/ca.pem"
    tls = ("--tls-self-signed", "--tls-ca-out", authority)
    mock, url = start(payspec, folder, "127.0.0.1:443", *tls)
    if url is None:
        mock, url = start(payspec, folder, "127.0.0.1:0", *tls)
    port = urllib.parse.urlparse(url).port or 443

    def connection(url, timeout=10):
        host = urllib.parse.urlparse(url).hostname
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())

    own = port == 443
    setattr(default_http_rpc, "__get_http_connection", OWN_CONNECTION if own else connection)
    private, public = key(f"{folder}/client-private.pem"), key(f"{folder}/gateway-public.pem")
    client = DefaultAlipayClient("https://localhost", CLIENT, private, public)
    try:
        os.environ.pop("SSL_CERT_FILE", None)
        try:
            taken = client.execute(payment("interop-tls", "100"))
        except AlipayApiException as refused:
            taken = None
            print(f"   ({refused})")
        check("the SDK does not talk to whom it does not trust", taken is None, taken)
        os.environ["SSL_CERT_FILE"] = authority
        answer = json.loads(client.execute(payment("interop-tls", "100")))
        how = "as it is, at port 443" if own else "with another port"
        check(f"the SDK pays by https, {how}", answer["result"]["resultStatus"] == "S", answer)
    finally:
        os.environ.pop("SSL_CERT_FILE", None)
        mock.kill()
        mock.wait()


def both_ways(payspec, folder, private, public):
    """What one side signs, the other verifies, without a gateway between them."""
    method, path, time, body = "POST", "/ams/api/v1/payments/pay", "1685599933871", '{"a": "\u624b"}'
    file = Path(folder) / "body.json"
    file.write_bytes(body.encode())
    message = ["--path", path, "--client-id", CLIENT, "--time", time, "--body", str(file)]
    ours = subprocess.run(
        [payspec, "sign", "--key", f"{folder}/client-private.pem", *message],
        capture_output=True, text=True, check=True,
    ).stdout.strip()
    theirs = signature_tool.sign(method, path, CLIENT, time, body, private)
    check("both sign the same bytes alike", ours.split("signature=")[1] == theirs, (ours, theirs))
    client_public = key(f"{folder}/client-public.pem")
    verified = signature_tool.verify(method, path, CLIENT, time, body, theirs, client_public)
    check("the SDK verifies what we sign", verified, ours)
    for header, code in ((f"algorithm=RSA256,keyVersion=1,signature={theirs}", 0), (f"algorithm=RSA256,keyVersion=1,signature={theirs[:-9]}A%3D%3D", 1)):
        ran = subprocess.run([payspec, "verify", "--key", f"{folder}/client-public.pem", "--signature", header, *message], capture_output=True, text=True)
        check(f"we verify what the SDK signs (exit code {code})", ran.returncode == code, ran)


with tempfile.TemporaryDirectory() as temporary:
    run(sys.argv[1], temporary)
    by_tls(sys.argv[1], temporary)
