//! What happens in more than one order: a `select!`, a task that is aborted, a
//! panic, a set of tasks, a runtime that ends before its tasks do.
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::sleep;

struct Says(&'static str);

impl Drop for Says {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

#[tokio::main]
async fn main() {
    match std::env::args().nth(1).unwrap().as_str() {
        "select" => {
            let (one, first) = oneshot::channel();
            let (two, second) = oneshot::channel();
            one.send(()).unwrap();
            two.send(()).unwrap();
            tokio::select! {
                _ = first => println!("first"),
                _ = second => println!("second"),
            }
        }
        "abort" => {
            let task = tokio::spawn(async {
                let _says = Says("dropped");
                println!("begins");
                sleep(Duration::from_secs(1)).await;
                println!("ends");
            });
            tokio::spawn(sleep(Duration::from_millis(5))).await.unwrap();
            task.abort();
            println!("{:?}", task.await.map_err(|error| error.is_cancelled()));
        }
        "panic" => {
            let task = tokio::spawn(async { panic!("no") });
            println!("{:?}", task.await.map_err(|error| error.is_panic()));
        }
        "set" => {
            let mut set = JoinSet::new();
            for number in 0..2 {
                set.spawn(async move { number });
            }
            while let Some(number) = set.join_next().await {
                println!("{}", number.unwrap());
            }
            set.spawn(async {
                let _says = Says("stopped");
                sleep(Duration::from_secs(9)).await;
                2
            });
            tokio::task::yield_now().await;
            set.shutdown().await;
            println!("{}", set.len());
        }
        "end" => {
            tokio::spawn(async {
                println!("begins");
                let _says = Says("dropped");
                sleep(Duration::from_secs(1)).await;
                println!("never");
            });
        }
        "in place" => {
            let task = tokio::spawn(async {
                tokio::task::block_in_place(|| {
                    tokio::runtime::Handle::current().block_on(async {
                        tokio::task::yield_now().await;
                        println!("in place");
                    });
                });
            });
            println!("main");
            task.await.unwrap();
        }
        other => panic!("nothing is called {other}"),
    }
}
