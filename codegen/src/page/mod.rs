//! Reading a saved copy of a provider's page: what it states, line by line.

mod facts;
mod ledger;

pub use facts::*;
pub use ledger::*;
