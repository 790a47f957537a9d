//! What of a body that comes in must be readable, so that anything follows from it.

use super::{Api, Operation, StatusPlace};

impl Operation {
    /// Paths of the values that decide what the body that comes in means: the status, the code, the ids
    /// that name the payment, and what must agree with the request, down to the single values. One that is there and cannot be read, or that stands there twice,
    /// leaves the whole message undecided. What single decisions need is not among them: where that
    /// cannot be read, it is absent, and those decisions do not stand.
    pub fn decisive(&self, api: &Api) -> Vec<Vec<String>> {
        let (Some(result), Some(body)) = (&self.result, self.judged()) else {
            return Vec::new();
        };
        let mut paths: Vec<Vec<String>> = Vec::new();
        let mut add = |path: Vec<String>| {
            if !paths.contains(&path) {
                paths.push(path);
            }
        };
        self.verdict_paths().for_each(|path| add(path.to_vec()));
        result.references.iter().for_each(|path| add(path.clone()));
        for agreement in &result.agrees {
            add(agreement.path.clone());
            // What cannot be compared is reported elsewhere.
            let parts = agreement.parts(api, &body.object).unwrap_or_default();
            for part in parts {
                let inside = part.path.into_iter().map(str::to_owned);
                add(agreement.path.iter().cloned().chain(inside).collect());
            }
        }
        paths
    }

    /// Paths of the status and the code: a message without them cannot be judged at all.
    pub fn verdict_paths(&self) -> impl Iterator<Item = &[String]> {
        let result = self.result.iter();
        let paths = result.flat_map(|result| {
            let status = match &result.status {
                StatusPlace::Field(path) => Some(path),
                StatusPlace::Always(_) => None,
            };
            status.into_iter().chain(&result.code)
        });
        paths.map(Vec::as_slice)
    }
}
