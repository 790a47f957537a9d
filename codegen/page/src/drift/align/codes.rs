//! Pairs result codes, even if one page translates their names.

use super::{MatchedBy, Pair};
use crate::drift::fact_sheet::Code;
use crate::text::is_constant;
use payspec_model::model::PageFact;

/// Returns the pairs of codes: by their name, then translated ones by their position, as long as
/// statuses and advice fit.
pub(super) fn pairs(page: &[Code], spec: &[Code]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (at, code) in page.iter().enumerate() {
        let same = spec.iter().position(|one| one.name == code.name);
        pairs.extend(same.map(|spec| Pair {
            page: at,
            spec,
            by: MatchedBy::Name,
        }));
    }
    let named = pairs.clone();
    let mut start = (0, 0);
    let mut run = Vec::new();
    // The neighbours that both sides have in the same order enclose runs of the others.
    for pair in named.iter().filter(|pair| is_ordered(&named, pair)) {
        run.extend(between(page, spec, &named, start, (pair.page, pair.spec)));
        start = (pair.page + 1, pair.spec + 1);
    }
    run.extend(between(page, spec, &named, start, (page.len(), spec.len())));
    pairs.extend(run);
    pairs.sort_by_key(|pair| pair.page);
    pairs
}

/// Returns whether no other pair crosses this one.
fn is_ordered(all: &[Pair], one: &Pair) -> bool {
    all.iter()
        .all(|other| (other.page < one.page) == (other.spec < one.spec))
}

/// Pairs the codes of a run that are left: in their order if both sides have as many of a status and
/// the advice fits, otherwise not at all.
fn between(
    page: &[Code],
    spec: &[Code],
    named: &[Pair],
    from: (usize, usize),
    to: (usize, usize),
) -> Vec<Pair> {
    let left = |codes: &[Code], from: usize, to: usize, is_named: &dyn Fn(usize) -> bool| {
        let range = from..to.min(codes.len()).max(from);
        range.filter(|at| !is_named(*at)).collect::<Vec<usize>>()
    };
    let of_page = left(page, from.0, to.0, &|at| {
        named.iter().any(|pair| pair.page == at)
    });
    let of_spec = left(spec, from.1, to.1, &|at| {
        named.iter().any(|pair| pair.spec == at)
            || spec.get(at).is_none_or(|one| one.removed.is_some())
    });
    let mut pairs = Vec::new();
    for at in &of_page {
        let Some(code) = page.get(*at) else { continue };
        let status = code.facts.value(PageFact::Status);
        let same = |codes: &[Code], list: &[usize]| -> Vec<usize> {
            let list = list.iter().copied();
            list.filter(|at| {
                let one = codes.get(*at);
                one.is_some_and(|one| one.facts.value(PageFact::Status) == status)
            })
            .collect()
        };
        let (ours, theirs) = (same(page, &of_page), same(spec, &of_spec));
        if ours.len() != theirs.len() {
            continue;
        }
        let place = ours.iter().position(|one| one == at);
        let other = place.and_then(|place| theirs.get(place)).copied();
        let Some((other, theirs)) = other.and_then(|at| Some((at, spec.get(at)?))) else {
            continue;
        };
        let is_translated = is_constant(&code.name) != is_constant(&theirs.name);
        let is_only = ours.len() == 1;
        if is_translated && (is_only || advice_fits(code, theirs)) {
            pairs.push(Pair {
                page: *at,
                spec: other,
                by: MatchedBy::Position,
            });
        }
    }
    pairs
}

/// Returns whether both codes may advise the same.
fn advice_fits(page: &Code, spec: &Code) -> bool {
    let steps = [page, spec].map(|code| code.facts.value(PageFact::NextStep));
    match steps {
        [Some(page), Some(spec)] => page.agrees_with(spec),
        [None, _] | [_, None] => true,
    }
}
