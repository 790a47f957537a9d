//! Templates of signed content and of headers.

/// A part of signed content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TemplatePart<'t> {
    /// This text.
    Text(&'t str),
    /// The HTTP method.
    Method,
    /// Path and query.
    Uri,
    /// The client id.
    ClientId,
    /// The time of the message.
    Time,
    /// The nonce of the message.
    Nonce,
    /// The id of the key.
    KeyId,
    /// The body.
    Body,
    /// The CRC-32 of the body, as a decimal number.
    BodyCrc32,
    /// The credential with this name, an identifier.
    Credential(&'t str),
}

impl TemplatePart<'_> {
    /// Returns whether this is the body, or a number that is made of it.
    pub(crate) fn is_body(&self) -> bool {
        matches!(self, TemplatePart::Body | TemplatePart::BodyCrc32)
    }
}

/// The reason why a text is not a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotTemplate<'t> {
    /// A brace is not part of a pair around a name.
    Brace,
    /// This name is unknown.
    Name(&'t str),
}

/// The message of a template, which determines the time that it can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TemplateOf<'c> {
    /// A request.
    Request,
    /// A response.
    Response,
    /// A message with a proof of its own, which can name these credentials.
    Proof(&'c [String]),
}

impl<'c> TemplateOf<'c> {
    /// Returns the names that are allowed in braces, each with its part.
    pub(crate) fn names(self) -> Vec<(&'c str, TemplatePart<'c>)> {
        let time = match self {
            TemplateOf::Request => "request_time",
            TemplateOf::Response => "response_time",
            TemplateOf::Proof(credentials) => {
                let mut names = vec![
                    ("method", TemplatePart::Method),
                    ("target", TemplatePart::Uri),
                    ("time", TemplatePart::Time),
                    ("nonce", TemplatePart::Nonce),
                    ("key_id", TemplatePart::KeyId),
                    ("body", TemplatePart::Body),
                    ("body|crc32", TemplatePart::BodyCrc32),
                ];
                let credentials = credentials.iter().map(String::as_str);
                names.extend(credentials.map(|name| (name, TemplatePart::Credential(name))));
                return names;
            }
        };
        vec![
            ("method", TemplatePart::Method),
            ("uri", TemplatePart::Uri),
            ("client_id", TemplatePart::ClientId),
            (time, TemplatePart::Time),
            ("body", TemplatePart::Body),
        ]
    }

    /// Splits a template into texts and names in braces.
    ///
    /// # Errors
    ///
    /// When a name in braces is not one of [`names`](Self::names), or a brace is not paired.
    pub(crate) fn parts<'t>(
        self,
        template: &'t str,
    ) -> Result<Vec<TemplatePart<'t>>, NotTemplate<'t>>
    where
        'c: 't,
    {
        let part = |piece| match piece {
            Piece::Text(text) => Ok(TemplatePart::Text(text)),
            Piece::Name(name) => {
                let names = self.names();
                let known = names.iter().find(|(known, _)| *known == name);
                known.map(|(_, part)| *part).ok_or(NotTemplate::Name(name))
            }
        };
        pieces(template).map(|piece| part(piece?)).collect()
    }
}

/// A piece of any template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// This text.
    Text(&'t str),
    /// A name in braces.
    Name(&'t str),
}

/// Splits a template into texts and names in braces. The first brace that is not paired is an error, and the end.
pub(crate) fn pieces(template: &str) -> impl Iterator<Item = Result<Piece<'_>, NotTemplate<'_>>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let brace = rest.find(['{', '}']).unwrap_or(rest.len());
        let (text, from) = rest.split_at(brace);
        if !text.is_empty() {
            rest = from;
            return Some(Ok(Piece::Text(text)));
        }
        if from.is_empty() {
            return None;
        }
        let inner = from.strip_prefix('{');
        match inner.and_then(|inner| inner.split_once('}')) {
            Some((name, after)) => {
                rest = after;
                Some(Ok(Piece::Name(name)))
            }
            None => {
                rest = "";
                Some(Err(NotTemplate::Brace))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{NotTemplate, TemplateOf, TemplatePart};

    #[test]
    fn a_template_is_texts_and_names() {
        use TemplatePart::{Body, ClientId, Method, Text, Time, Uri};
        assert_eq!(
            TemplateOf::Request.parts("{method} {uri}\n{client_id}.{request_time}.{body}"),
            Ok(vec![
                Method,
                Text(" "),
                Uri,
                Text("\n"),
                ClientId,
                Text("."),
                Time,
                Text("."),
                Body
            ])
        );
        assert_eq!(
            TemplateOf::Response.parts("{response_time}!"),
            Ok(vec![Time, Text("!")])
        );
        assert_eq!(TemplateOf::Request.parts(""), Ok(vec![]));
    }

    #[test]
    fn a_proof_names_the_listed_credentials_and_the_checksum_of_the_body() {
        use TemplatePart::{BodyCrc32, Credential, Nonce, Text};
        let listed = ["webhook_id".to_owned(), "time".to_owned()];
        let of = TemplateOf::Proof(&listed);
        assert_eq!(
            of.parts("{nonce}|{webhook_id}|{body|crc32}"),
            Ok(vec![
                Nonce,
                Text("|"),
                Credential("webhook_id"),
                Text("|"),
                BodyCrc32
            ])
        );
        // A credential never hides a part of the message.
        assert_eq!(of.parts("{time}"), Ok(vec![TemplatePart::Time]));
        assert_eq!(of.parts("{webhook}"), Err(NotTemplate::Name("webhook")));
        assert_eq!(of.parts("{body|md5}"), Err(NotTemplate::Name("body|md5")));
    }

    #[test]
    fn what_is_no_name_is_found() {
        for (template, found) in [
            ("{uri}{bdoy}", NotTemplate::Name("bdoy")),
            ("{response_time}", NotTemplate::Name("response_time")),
            ("{ method }", NotTemplate::Name(" method ")),
            ("{method", NotTemplate::Brace),
            ("method}", NotTemplate::Brace),
            ("{}", NotTemplate::Name("")),
        ] {
            assert_eq!(
                TemplateOf::Request.parts(template),
                Err(found),
                "{template}"
            );
        }
    }
}
