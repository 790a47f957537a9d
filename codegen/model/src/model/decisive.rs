//! The values of an incoming body that must be readable before anything is concluded from it.

use super::{Api, Operation, StatusPlace};

impl Operation {
    /// Returns the paths of the values that decide what an incoming body means: the status, the code,
    /// the ids of the payment, and each single value that must agree with the request.
    ///
    /// A message is undecided if one of them is present but unreadable, or duplicate. Values that only
    /// some decisions need are not among them: an unreadable one counts as absent there.
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
            // Fields that cannot be compared are reported elsewhere.
            let parts = agreement.parts(api, &body.object).unwrap_or_default();
            for part in parts {
                let inside = part.path.into_iter().map(str::to_owned);
                add(agreement.path.iter().cloned().chain(inside).collect());
            }
        }
        paths
    }

    /// Returns the paths of the status and the code, without which a message cannot be judged.
    pub(crate) fn verdict_paths(&self) -> impl Iterator<Item = &[String]> {
        let result = self.result.iter();
        let paths = result.flat_map(|result| {
            let status = match &result.status {
                StatusPlace::Field(path) => Some(path),
                StatusPlace::HttpStatus | StatusPlace::Always(_) => None,
            };
            status.into_iter().chain(&result.code)
        });
        paths.map(Vec::as_slice)
    }
}
