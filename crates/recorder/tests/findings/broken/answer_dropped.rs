//! The shop closes with a question under way, whose sender goes with it.

use tokio::sync::{mpsc, oneshot};

type Question = (&'static str, oneshot::Sender<u32>);

async fn shop(mut questions: mpsc::Receiver<Question>) {
    while let Some((what, price)) = questions.recv().await {
        match what {
            "bread" => price.send(3).unwrap(),
            _ => return println!("closed"),
        }
    }
}

async fn customer(ask: mpsc::Sender<Question>) {
    for what in ["bread", "milk"] {
        let (answers, price) = oneshot::channel();
        ask.send((what, answers)).await.unwrap();
        println!("{what}: {}", price.await.unwrap());
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (ask, questions) = mpsc::channel(1);
    let open = tokio::spawn(shop(questions));
    let came = tokio::spawn(customer(ask)).await;
    println!("got all: {}", came.is_ok());
    open.await.unwrap();
}
