//! Contradictions that a sound spec can still hold.

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::source::SourceMap;

pub(crate) fn lint(_model: &Model, _sources: &SourceMap, _diagnostics: &mut Diagnostics) {}
