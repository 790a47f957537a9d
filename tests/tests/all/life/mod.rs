//! Payments from their first request to their end: many at a time through real sockets, and one at a
//! time in every order in which things can happen.

mod explorer;
mod storm;
