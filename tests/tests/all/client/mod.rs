//! The generated clients: over scripted transports with a clock that is told the time, and over real
//! sockets.

mod agreement;
mod bearer;
mod calls;
mod forms;
mod futures;
mod journal;
mod life;
mod listening;
mod lives;
mod notifications;
mod parameters;
mod refunds;
mod rsa_auth;
mod server;
mod socket;
mod stripe;
mod stripe_keys;
mod stripe_life;
mod support;
mod tls;
mod traces;
mod webhook;
mod wechatpay;
mod wechatpay_notifications;
mod written;
