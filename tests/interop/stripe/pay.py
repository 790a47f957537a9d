"""Lets Stripe's Python SDK pay against `payspec mock`.

Usage: pay.py PAYSPEC, in the root of the repository, where PAYSPEC is the built command.
"""

import json
import subprocess
import sys
import time

import stripe

SPEC = "tests/providers/stripe"
KEY = "sk_test_of_the_mock_gateway"
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


def run(payspec):
    mock = subprocess.Popen(
        [payspec, "mock", "--spec", SPEC, "--listen", "127.0.0.1:0", "--format", "json", "--credential", f"secret_key={KEY}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        url = json.loads(mock.stdout.readline())["listening"]
        client = connected(url)
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


run(sys.argv[1])
