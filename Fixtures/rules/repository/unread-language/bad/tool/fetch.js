const https = require("https");
https.get(process.argv[2], (r) => r.pipe(process.stdout));
