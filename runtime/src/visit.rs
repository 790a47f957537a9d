//! Visitor methods for values of the wrong type. serde's own would show the value in the error, and it
//! may be sensitive.

/// Accepts `null` as an absent value.
macro_rules! absent_is_none {
    () => {
        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Ok(())
        }

        fn visit_none<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Ok(())
        }

        fn visit_some<D: serde::Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
            from.deserialize_any(self)
        }
    };
}

/// Rejects numbers and booleans.
macro_rules! scalars_are_wrong {
    () => {
        fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
            Err($crate::read::wrong("a boolean", &self))
        }

        numbers_are_wrong!();
    };
}

/// Rejects numbers.
macro_rules! numbers_are_wrong {
    () => {
        fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Self::Value, E> {
            Err($crate::read::wrong("a number", &self))
        }

        fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Self::Value, E> {
            Err($crate::read::wrong("a number", &self))
        }

        floats_are_wrong!();
    };
}

/// Rejects numbers with a fraction or an exponent.
macro_rules! floats_are_wrong {
    () => {
        fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Self::Value, E> {
            Err($crate::read::wrong("a number", &self))
        }

        fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Self::Value, E> {
            Err($crate::read::wrong("bytes", &self))
        }
    };
}

/// Rejects texts.
macro_rules! texts_are_wrong {
    () => {
        fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Self::Value, E> {
            Err($crate::read::wrong("a text", &self))
        }
    };
}

/// Rejects lists.
macro_rules! lists_are_wrong {
    () => {
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err($crate::read::wrong("an array", &self))
        }
    };
}

/// Rejects objects.
macro_rules! objects_are_wrong {
    () => {
        fn visit_map<A: serde::de::MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err($crate::read::wrong("an object", &self))
        }
    };
}
