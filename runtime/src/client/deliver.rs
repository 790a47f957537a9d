//! Sends requests with the tokens that an operation hands out, and fetches these.

use super::asynchronous::AsyncRawClient;
use super::blocking::RawClient;
use super::key::{Signer, Verifier};
use super::token::{Token, Tokens, Turn};
use super::token_error::{TokenError, TokenProblem};
use super::trace;
use super::transport::{AsyncTransport, Transport, TransportError};
use http::{Request, Response};

type Answer = Result<Response<Vec<u8>>, TransportError>;

/// Puts a token on a copy of a request.
fn with(
    tokens: &Tokens,
    token: &Token,
    request: &Request<Vec<u8>>,
) -> Result<Request<Vec<u8>>, TransportError> {
    let operation = tokens.source().operation;
    let request = token.on(request);
    request.map_err(|problem| TransportError::NoToken(TokenError::new(operation, problem)))
}

/// Returns the answer that counts after a request was refused and sent once more.
fn second(refused: Response<Vec<u8>>, again: Answer) -> Answer {
    match again {
        // The second request did not leave, so the first answer still stands.
        Err(error) if !error.may_have_arrived() => Ok(refused),
        Ok(_) | Err(_) => again,
    }
}

impl<T: Transport, S: Signer, V: Verifier> RawClient<T, S, V> {
    /// Sends a request. If an answer refuses its token and thereby proves that nothing was done, as `refused` judges, the
    /// same request is sent once more with a new token.
    pub(super) fn deliver(
        &self,
        operation: &str,
        request: Request<Vec<u8>>,
        refused: impl FnOnce(&Response<Vec<u8>>) -> bool,
    ) -> Answer {
        let Some(tokens) = self.course.envelope.tokens_of(operation) else {
            return self.transport.send(request);
        };
        let token = self.token(tokens)?;
        let response = self.transport.send(with(tokens, &token, &request)?)?;
        if !tokens.refuses(&token, &response) || !trace::untold(|| refused(&response)) {
            return Ok(response);
        }
        let again = self.token(tokens).and_then(|token| {
            let response = self.transport.send(with(tokens, &token, &request)?)?;
            tokens.refuses(&token, &response);
            Ok(response)
        });
        second(response, again)
    }

    fn token(&self, tokens: &Tokens) -> Result<Token, TransportError> {
        let token = match tokens.wait(|| self.clock.moment()) {
            Turn::Have(result) => result,
            Turn::Fetch(fetch) => {
                match self
                    .course
                    .envelope
                    .token_request(tokens.source(), fetch.asked().wall())
                {
                    Ok(request) => fetch.answered(self.transport.send(request)),
                    Err(error) => fetch.done(Err(TokenProblem::Request(error))),
                }
            }
        };
        token.map_err(TransportError::NoToken)
    }
}

impl<T: AsyncTransport, S: Signer, V: Verifier> AsyncRawClient<T, S, V> {
    /// Sends a request, as [`RawClient::deliver`] does.
    pub(super) async fn deliver(
        &self,
        operation: &str,
        request: Request<Vec<u8>>,
        refused: impl FnOnce(&Response<Vec<u8>>) -> bool,
    ) -> Answer {
        let Some(tokens) = self.course.envelope.tokens_of(operation) else {
            return self.transport.send(request).await;
        };
        let token = self.token(tokens).await?;
        let response = self.transport.send(with(tokens, &token, &request)?).await?;
        if !tokens.refuses(&token, &response) || !trace::untold(|| refused(&response)) {
            return Ok(response);
        }
        let again = async {
            let token = self.token(tokens).await?;
            let response = self.transport.send(with(tokens, &token, &request)?).await?;
            tokens.refuses(&token, &response);
            Ok(response)
        };
        second(response, again.await)
    }

    async fn token(&self, tokens: &Tokens) -> Result<Token, TransportError> {
        let token = match tokens.turn(|| self.clock.moment()).await {
            Turn::Have(result) => result,
            Turn::Fetch(fetch) => {
                match self
                    .course
                    .envelope
                    .token_request(tokens.source(), fetch.asked().wall())
                {
                    Ok(request) => fetch.answered(self.transport.send(request).await),
                    Err(error) => fetch.done(Err(TokenProblem::Request(error))),
                }
            }
        };
        token.map_err(TransportError::NoToken)
    }
}
