// Before anything is drawn: the language, its direction and the colour scheme chosen last time, so that nothing flashes.
(function () {
  var root = document.documentElement;
  var read = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var language = read('medflow.language');
  if (/^(fr|en|ar)$/.test(language) && language !== root.lang) {
    root.lang = language;
    root.dir = language === 'ar' ? 'rtl' : 'ltr';
    // What the page says before the client comes is in the browser's language.
    root.setAttribute('data-other-language', '');
  }
  var scheme = read('mantine-color-scheme-value');
  var dark =
    scheme === 'dark' || ((scheme === 'auto' || !scheme) && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');

  // The client is loaded and run once what the page says has been painted, and at once where nobody looks, for nothing is
  // painted there: on a slow line its files do not take the place of what is to be read. Its libraries are run one after the
  // other, so that a slow phone answers in between.
  var started = false;
  var run = function () {
    if (started) return;
    started = true;
    var files = document.getElementById('after-paint');
    if (files) document.head.append(files.content);
    if (document.getElementById('first-data')) {
      // While they come: the first date of a page, and its first number, cost a phone tens of milliseconds.
      setTimeout(function () {
        new Intl.DateTimeFormat(root.lang).resolvedOptions();
      });
      setTimeout(function () {
        new Intl.NumberFormat(root.lang, { style: 'currency', currency: 'TND' }).format(1);
      });
    }
    var scripts = [].slice.call(document.querySelectorAll('link[data-run]'));
    var next = function () {
      var script = scripts.shift();
      if (script) import(script.href).then(next, script.dataset.run === 'client' ? undefined : next);
    };
    next();
  };
  document.addEventListener('DOMContentLoaded', function () {
    if (document.hidden) return run();
    requestAnimationFrame(function () {
      setTimeout(run);
    });
    setTimeout(run, 1000);
  });
})();
