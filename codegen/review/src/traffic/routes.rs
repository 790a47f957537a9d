//! Finds the operation that a recorded message belongs to.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use payspec_runtime::json::Node;
use payspec_runtime::request::{PathPattern, PathSegment};
use payspec_runtime::{Location, MediaType, Severity};

use super::mask;
use super::message::Target;
use super::problem::Problem;
use payspec_model::check::{Checker, Findings};
use payspec_model::model::{Api, Model, Object, Operation, Side};

/// The two specs that judge messages; a single spec is the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spec {
    Old,
    New,
}

impl Spec {
    pub(super) const BOTH: [Spec; 2] = [Spec::Old, Spec::New];
}

/// A body as one spec describes it.
#[derive(Debug)]
pub(super) struct Described<'m> {
    pub(super) api: &'m Api,
    pub(super) operation: &'m Operation,
    pub(super) checker: Checker<'m>,
}

impl<'m> Described<'m> {
    fn of(api: &'m Api, operation: &'m Operation, side: Side) -> Option<Self> {
        Some(Described {
            api,
            operation,
            checker: Checker::new(api, operation, side)?,
        })
    }

    /// Returns the fields of the body.
    pub(super) fn body(&self) -> &Object {
        self.checker.body()
    }
}

/// One side of an operation, as the specs describe it.
#[derive(Debug)]
pub(super) struct Lane<'m> {
    /// The id of the operation: the new one, if it has one.
    pub(super) operation: &'m str,
    pub(super) side: Side,
    pub(super) old: Option<Described<'m>>,
    pub(super) new: Option<Described<'m>>,
}

impl<'m> Lane<'m> {
    pub(super) fn described(&self, spec: Spec) -> Option<&Described<'m>> {
        match spec {
            Spec::Old => self.old.as_ref(),
            Spec::New => self.new.as_ref(),
        }
    }

    /// Counts the errors of a message by the spec that finds fewer.
    fn errors(&self, message: &Node<'_>) -> usize {
        let errors = Spec::BOTH.into_iter().filter_map(|spec| {
            let described = self.described(spec)?;
            Some(errors(&described.checker.check_node(message)))
        });
        errors.min().unwrap_or(usize::MAX)
    }
}

fn errors(findings: &Findings) -> usize {
    let errors = findings
        .iter()
        .filter(|one| one.violation.severity == Severity::Error);
    errors.count() + findings.omitted()
}

/// All operations of the specs, and the ways in which records name them.
#[derive(Debug)]
pub(super) struct Routes<'m> {
    /// Two lanes for each operation: request and response.
    lanes: Vec<Lane<'m>>,
    by_id: HashMap<&'m str, usize>,
    /// By method and path.
    by_address: HashMap<String, Vec<usize>>,
    /// Methods and paths after prefixes, the longest first.
    by_end: Vec<(&'static str, &'m str, usize)>,
    /// Methods and paths with fields, those that take precedence first.
    by_pattern: Vec<(&'static str, PathPattern<'m>, usize)>,
    /// The operations whose requests have fields outside of a JSON body.
    in_parts: HashSet<usize>,
}

/// The operations that a message may belong to, since several can share an address.
pub(super) type Candidates = Vec<usize>;

/// An operation in each of the specs that has it.
type Pair<'m> = [Option<(&'m Api, &'m Operation)>; 2];

impl<'m> Routes<'m> {
    /// Makes the routes of one spec.
    pub(super) fn of(model: &'m Model) -> Self {
        let all = operations(model).map(|new| [None, Some(new)]);
        Self::new(all.collect())
    }

    /// Makes the routes of two specs. A renamed operation has one route.
    pub(super) fn between(old: &'m Model, new: &'m Model) -> Self {
        let mut pairs: Vec<Pair<'m>> = Vec::new();
        for (api, operation) in operations(new) {
            let before = old.operation(&operation.id).or_else(|| {
                let former = operation.renamed_from.as_deref()?;
                old.operation(former)
            });
            pairs.push([before, Some((api, operation))]);
        }
        for (api, operation) in operations(old) {
            let is_known = pairs
                .iter()
                .any(|[before, _]| before.is_some_and(|(_, known)| std::ptr::eq(known, operation)));
            if !is_known {
                pairs.push([Some((api, operation)), None]);
            }
        }
        Self::new(pairs)
    }

    fn new(pairs: Vec<Pair<'m>>) -> Self {
        let mut routes = Routes {
            lanes: Vec::new(),
            by_id: HashMap::new(),
            by_address: HashMap::new(),
            by_end: Vec::new(),
            by_pattern: Vec::new(),
            in_parts: HashSet::new(),
        };
        for (number, pair) in pairs.iter().enumerate() {
            let [old, new] = *pair;
            let Some((_, named)) = new.or(old) else {
                continue;
            };
            for side in Side::ALL.iter().copied() {
                let described = |one: Option<(&'m Api, &'m Operation)>| {
                    let (api, operation) = one?;
                    Described::of(api, operation, side)
                };
                routes.lanes.push(Lane {
                    operation: &named.id,
                    side,
                    old: described(old),
                    new: described(new),
                });
            }
            // If the two specs use one name for two operations, recorded messages follow the old
            // spec.
            for (api, operation) in [old, new].into_iter().flatten() {
                routes.add(number, api, operation);
            }
        }
        // The sort is stable: of two equal ends the first one wins.
        routes
            .by_end
            .sort_by_key(|(_, path, _)| Reverse(path.len()));
        routes.by_pattern.sort_by(|(_, one, _), (_, two, _)| {
            let segments = |pattern: &PathPattern<'_>| Reverse(pattern.segments().count());
            let by_length = segments(one).cmp(&segments(two));
            by_length.then_with(|| one.precedence(*two))
        });
        routes
    }

    fn add(&mut self, number: usize, api: &'m Api, operation: &'m Operation) {
        self.by_id.entry(&operation.id).or_insert(number);
        let path = operation.path.as_str();
        // The receiver chooses the address of a notification.
        if operation.address_field().is_some() {
            return;
        }
        let mut fields = operation.request.object.fields.iter();
        let is_form = operation.body_type() == Some(MediaType::Form);
        if is_form || fields.any(|field| field.location != Location::Body) {
            self.in_parts.insert(number);
        }
        let method = operation.method.as_str();
        let pattern = PathPattern::new(path);
        if pattern.fields().next().is_some() {
            self.by_pattern.push((method, pattern, number));
            return;
        }
        let prefixes = api.servers.iter().map(|one| one.prefix.as_str());
        for prefix in prefixes.chain([""]) {
            let here = self.by_address.entry(format!("{method} {prefix}{path}"));
            let here = here.or_default();
            if !here.contains(&number) {
                here.push(number);
            }
        }
        if path.len() > 1 {
            self.by_end.push((method, path, number));
        }
    }

    /// Returns the lane of one side of an operation.
    pub(super) fn number(operation: usize, side: Side) -> usize {
        let side = match side {
            Side::Request => 0,
            Side::Response => 1,
        };
        operation * 2 + side
    }

    /// Returns all lanes, in the order of their numbers.
    pub(super) fn lanes(&self) -> &[Lane<'m>] {
        &self.lanes
    }

    /// Returns the operations that a record may name.
    pub(super) fn find(&self, target: &Target<'_>) -> Result<Candidates, Problem> {
        match target {
            Target::Operation(id) => match self.by_id.get(id) {
                Some(number) => Ok(vec![*number]),
                None => Err(Problem::Operation(mask::name(id).to_owned())),
            },
            Target::Address(method, path) => {
                let unknown = || {
                    let method = mask::name(method);
                    Problem::Path(format!("{method} {}", mask::path(path)))
                };
                let exact = self.by_address.get(&format!("{method} {path}"));
                exact
                    .cloned()
                    .or_else(|| self.by_end(method, path))
                    .or_else(|| self.by_pattern(method, path))
                    .ok_or_else(unknown)
            }
        }
    }

    /// Returns the operations whose path ends the path of a message, as behind a proxy.
    fn by_end(&self, method: &str, path: &str) -> Option<Candidates> {
        let fits = |(known, end, _): &&(&str, &str, usize)| *known == method && path.ends_with(end);
        let (_, end, _) = self.by_end.iter().find(fits)?;
        let mut all: Candidates = Vec::new();
        for (known, other, number) in &self.by_end {
            if *known == method && other == end && !all.contains(number) {
                all.push(*number);
            }
        }
        Some(all)
    }

    /// Returns the operations whose path with fields is that of a message, after any prefix.
    fn by_pattern(&self, method: &str, path: &str) -> Option<Candidates> {
        let fits = |(known, pattern, _): &&(&str, PathPattern<'_>, usize)| {
            let has_literal = pattern.segments().any(|segment| {
                !matches!(segment, PathSegment::Field(_) | PathSegment::Literal(""))
            });
            *known == method && has_literal && pattern.matches(end(path, *pattern))
        };
        let (_, found, _) = self.by_pattern.iter().find(fits)?;
        let same = self.by_pattern.iter().filter(fits);
        let same = same.filter(|(_, pattern, _)| pattern.as_str() == found.as_str());
        let mut all: Candidates = same.map(|(_, _, number)| *number).collect();
        all.dedup();
        Some(all)
    }

    /// Returns whether the requests of one of these operations have fields outside of their bodies.
    pub(super) fn have_parts(&self, candidates: &[usize]) -> bool {
        candidates
            .iter()
            .any(|number| self.in_parts.contains(number))
    }

    /// Returns the operation whose rules a message breaks least; the first one of equals.
    pub(super) fn choose(
        &self,
        candidates: &[usize],
        side: Side,
        message: &Node<'_>,
    ) -> Option<usize> {
        let (first, others) = candidates.split_first()?;
        if others.is_empty() {
            return Some(*first);
        }
        let mut best: Option<(usize, usize)> = None;
        for operation in candidates {
            let lane = self.lanes.get(Self::number(*operation, side))?;
            let errors = lane.errors(message);
            if best.is_none_or(|(least, _)| errors < least) {
                best = Some((errors, *operation));
            }
            if errors == 0 {
                break;
            }
        }
        best.map(|(_, operation)| operation)
    }
}

/// Returns the end of a path that has as many segments as a pattern.
fn end<'p>(path: &'p str, pattern: PathPattern<'_>) -> &'p str {
    let slashes = pattern.segments().count().saturating_sub(1);
    let start = path.rmatch_indices('/').nth(slashes.saturating_sub(1));
    start.and_then(|(at, _)| path.get(at..)).unwrap_or(path)
}

fn operations(model: &Model) -> impl Iterator<Item = (&Api, &Operation)> {
    let apis = model.apis.iter();
    apis.flat_map(|api| api.operations.iter().map(move |operation| (api, operation)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_ends_with_as_many_segments_as_its_pattern() {
        let pattern = PathPattern::new("/orders/{id}");
        assert_eq!(end("/api/v1/orders/5", pattern), "/orders/5");
        assert_eq!(end("/orders/5", pattern), "/orders/5");
        assert_eq!(end("/5", pattern), "/5");
    }

    #[test]
    fn requests_with_fields_outside_of_their_bodies_are_known_by_their_paths() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/parameters");
        let model = payspec_model::load(std::path::Path::new(folder)).model;
        let model = model.expect("a model");
        let routes = Routes::of(&model);
        let find = |method: &str, path| {
            let found = routes.find(&Target::Address(method.to_owned().into(), path));
            let found = found.map(|found| (routes.lanes()[found[0] * 2].operation, found));
            found.map(|(operation, found)| (operation, routes.have_parts(&found)))
        };
        let payments = "/proxy/api/v1/orders/a%2Fb/payments";
        assert_eq!(find("GET", payments), Ok(("find", true)));
        assert_eq!(find("POST", payments), Ok(("send", true)));
        let one = "/v1/orders/5/payments/7";
        assert_eq!(find("DELETE", one), Ok(("remove", true)));
        assert!(find("GET", one).is_err() && find("GET", "/v1/orders//payments").is_err());
    }
}
