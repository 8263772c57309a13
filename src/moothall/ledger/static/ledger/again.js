// Pages that wait for news look again by themselves: <a data-again="2" href="..."> is followed after two seconds.
for (const link of document.querySelectorAll("a[data-again]")) {
  setTimeout(() => location.replace(link.href), Number(link.dataset.again) * 1000);
}
