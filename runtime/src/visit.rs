//! Visitor methods for values of the wrong type. serde's own show the value in the error, which
//! may be sensitive.

/// `null` stands for an absent value.
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

/// Numbers and booleans do not fit.
macro_rules! scalars_are_wrong {
    () => {
        fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
            Err($crate::read::wrong("a boolean", &self))
        }

        numbers_are_wrong!();
    };
}

/// Numbers do not fit.
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

/// Numbers with a fraction or an exponent do not fit.
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

/// Texts do not fit.
macro_rules! texts_are_wrong {
    () => {
        fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Self::Value, E> {
            Err($crate::read::wrong("a text", &self))
        }
    };
}

/// Lists do not fit.
macro_rules! lists_are_wrong {
    () => {
        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err($crate::read::wrong("an array", &self))
        }
    };
}

/// Objects do not fit.
macro_rules! objects_are_wrong {
    () => {
        fn visit_map<A: serde::de::MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err($crate::read::wrong("an object", &self))
        }
    };
}
