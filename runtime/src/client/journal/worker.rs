//! A thread that does the journal's file work for an async program.

use super::{Journal, JournalError};
use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread::{Builder, JoinHandle};

/// A thread that runs the jobs of a journal in order, so that no task waits for a disk. It starts with
/// the first job, and ends after its last job when this is dropped.
pub(in crate::client) struct Worker {
    journal: Arc<dyn Journal>,
    thread: Mutex<Option<Thread>>,
}

struct Thread {
    jobs: Sender<Job>,
    handle: JoinHandle<()>,
}

type Job = Box<dyn FnOnce() + Send>;

impl Worker {
    pub(in crate::client) fn new(journal: Arc<dyn Journal>) -> Self {
        Self {
            journal,
            thread: Mutex::default(),
        }
    }

    /// Queues a job. The job is done even if the future is dropped.
    pub(in crate::client) fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Journal) -> Result<T, JournalError> + Send + 'static,
    ) -> Waiting<T> {
        let done = Arc::new(Mutex::new(Done::Waiting(None)));
        let teller = Teller(Arc::clone(&done));
        let journal = Arc::clone(&self.journal);
        self.start(Box::new(move || {
            let result = work(&*journal);
            // The waiting task may open the journal again.
            drop(journal);
            teller.tell(result);
        }));
        Waiting(done)
    }

    /// Passes a job to the thread; if no thread can be started, runs it here.
    fn start(&self, job: Job) {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        let jobs = match &*thread {
            Some(thread) => thread.jobs.clone(),
            None => {
                let (jobs, todo) = channel::<Job>();
                let builder = Builder::new().name("payspec-journal".to_owned());
                match builder.spawn(move || todo.into_iter().for_each(|job| job())) {
                    Ok(handle) => {
                        let jobs_of_thread = jobs.clone();
                        *thread = Some(Thread {
                            jobs: jobs_of_thread,
                            handle,
                        });
                        jobs
                    }
                    Err(_) => return job(),
                }
            }
        };
        // A thread that panicked takes no more jobs; they report that they were not done.
        drop(jobs.send(job));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let thread = self.thread.get_mut();
        if let Some(Thread { jobs, handle }) = thread.unwrap_or_else(PoisonError::into_inner).take()
        {
            drop(jobs);
            // Wait for the thread, so that everything is recorded before the journal can be opened
            // again.
            drop(handle.join());
        }
    }
}

enum Done<T> {
    Waiting(Option<Waker>),
    Told(Result<T, JournalError>),
    Taken,
}

type Shared<T> = Arc<Mutex<Done<T>>>;

/// Reports the result of a job, even if it was never done.
struct Teller<T>(Shared<T>);

impl<T> Teller<T> {
    fn tell(&self, result: Result<T, JournalError>) {
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Done::Waiting(waker) = &mut *done {
            let waker = waker.take();
            *done = Done::Told(result);
            drop(done);
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

impl<T> Drop for Teller<T> {
    fn drop(&mut self) {
        self.tell(Err(JournalError::Unwritten {
            why: "the journal panicked".to_owned(),
            remains: true,
        }));
    }
}

/// The result of a job, once it is done.
pub(in crate::client) struct Waiting<T>(Shared<T>);

impl<T> Future for Waiting<T> {
    type Output = Result<T, JournalError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut done = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *done {
            Done::Waiting(waker) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
            told => match core::mem::replace(told, Done::Taken) {
                Done::Told(result) => Poll::Ready(result),
                Done::Waiting(_) | Done::Taken => Poll::Pending,
            },
        }
    }
}
