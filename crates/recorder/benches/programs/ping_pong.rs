//! Two tasks that wait for each other, `rounds` times.

/// Sends a number to another task and waits for it to come back.
pub async fn ping_pong(rounds: u32) {
    let (there, mut arrives) = tokio::sync::mpsc::channel(1);
    let (back, mut returns) = tokio::sync::mpsc::channel(1);
    let echo = tokio::spawn(async move {
        while let Some(n) = arrives.recv().await {
            back.send(n).await.expect("somebody waits for it");
        }
    });
    for n in 0..rounds {
        there.send(n).await.expect("the other one listens");
        assert_eq!(returns.recv().await, Some(n));
    }
    drop(there);
    echo.await.expect("it ends well");
}
