contextSwitch.recording("waiting_in_processes", "rust", 6, [
{"format":1,"program":"waiting_in_processes","language":"rust","runtime":"tokio 1.54.1","clock":"real","class":"seen","notes":["recorded on the machine's clock: it starts another process"]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":11},
{"t":0,"ev":"poll","task":0,"line":11},
{"t":0,"ev":"print","task":0,"text":"start","line":19},
{"t":602638,"ev":"print","task":0,"text":"waited 600 ms","line":26},
{"t":901928,"ev":"print","task":0,"text":"waited 900 ms","line":26},
{"t":1202696,"ev":"print","task":0,"text":"waited 1200 ms","line":26},
{"t":1202738,"ev":"ready","task":0},
{"t":1202738,"ev":"end","task":0},
]);
