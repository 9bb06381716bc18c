// The page of a run: its chart, and the links from the steps into it.

function start() {
  const chart = showChart(readModel(document.getElementById("chart-data").textContent));
  for (const button of document.querySelectorAll(".jump")) {
    button.addEventListener("click", () => {
      chart.goTo(Number(button.dataset.at));
      document.getElementById("messages").scrollIntoView();
    });
  }
  document.documentElement.dataset.ready = "true";
}

start();
