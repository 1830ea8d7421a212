# Known answers from R for the statistics in reports/statistics, on public data. Run from the project's folder:
#   python -m tests.oracles.real_inputs FOLDER && Rscript tests/oracles/r/make_answers.R FOLDER
# It writes tests/oracles/r/answers.json. Needs R with the package survey; the tests themselves need neither.

suppressPackageStartupMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
answers <- list()
z <- qnorm(0.975)

read <- function(kind) {
  files <- list.files(folder, pattern = paste0("^", kind, "_.*\\.csv$"), full.names = TRUE)
  names(files) <- sub(paste0("^", kind, "_"), "", sub("\\.csv$", "", basename(files)))
  lapply(files, read.csv)
}

# Tables of counts: chi-square without Yates, Fisher's exact test, Cramer's V.
for (name in names(tables <- read("table"))) {
  counts <- as.matrix(tables[[name]])
  found <- suppressWarnings(chisq.test(counts, correct = FALSE))
  answers[[paste0("table ", name)]] <- c(
    statistic = unname(found$statistic), degrees = unname(found$parameter), chi_square_p = found$p.value,
    fisher_p = fisher.test(counts, workspace = 2e8, simulate.p.value = sum(counts) > 500)$p.value,
    cramers_v = sqrt(unname(found$statistic) / (sum(counts) * (min(dim(counts)) - 1)))
  )
}

# Ratings by group.
for (name in names(groups <- read("groups"))) {
  frame <- groups[[name]]
  frame <- frame[!is.na(frame$value), ]
  found <- kruskal.test(frame$value, frame$group)
  answers[[paste0("groups ", name)]] <- c(
    statistic = unname(found$statistic), degrees = unname(found$parameter), p = found$p.value
  )
  if (length(unique(frame$group)) == 2) {
    one <- frame$value[frame$group == 0]
    other <- frame$value[frame$group == 1]
    found <- wilcox.test(one, other, exact = FALSE, correct = TRUE)
    answers[[paste0("two groups ", name)]] <- c(
      statistic = unname(found$statistic), p = found$p.value,
      cliffs_delta = mean(sign(outer(one, other, "-")))
    )
  }
}

# Several questions rated by the same people; the highest is ranked first.
for (name in names(ratings <- read("ratings"))) {
  values <- as.matrix(ratings[[name]])
  values <- values[complete.cases(values), ]
  found <- friedman.test(values)
  k <- ncol(values)
  n <- nrow(values)
  answers[[paste0("ratings ", name)]] <- c(
    people = n, statistic = unname(found$statistic), p = found$p.value,
    w = unname(found$statistic) / (n * (k - 1)),
    critical = qtukey(0.95, k, Inf) / sqrt(2) * sqrt(k * (k + 1) / (6 * n))
  )
  answers[[paste0("mean ranks ", name)]] <- unname(rowMeans(apply(-values, 1, rank)))
}
answers[["studentized range"]] <- sapply(2:12, function(k) qtukey(0.95, k, Inf) / sqrt(2))

# Shares by place or wave.
wilson <- function(x, n) prop.test(x, n, correct = FALSE)$conf.int[1:2]
for (name in names(shares <- read("shares"))) {
  x <- shares[[name]]$positive
  n <- shares[[name]]$base
  intervals <- suppressWarnings(mapply(wilson, x, n))
  answers[[paste0("wilson low ", name)]] <- intervals[1, ]
  answers[[paste0("wilson high ", name)]] <- intervals[2, ]
  # The first against each other: the difference with the hybrid of two score intervals, and the pooled test.
  p <- x / n
  others <- 2:length(n)
  change <- suppressWarnings(sapply(others, function(i) c(
    p[i] - p[1],
    p[i] - p[1] - sqrt((p[i] - intervals[1, i])^2 + (intervals[2, 1] - p[1])^2),
    p[i] - p[1] + sqrt((intervals[2, i] - p[i])^2 + (p[1] - intervals[1, 1])^2),
    prop.test(x[c(1, i)], n[c(1, i)], correct = FALSE)$p.value
  )))
  for (row in 1:4) answers[[paste("change", c("difference", "low", "high", "p")[row], name)]] <- change[row, ]
  trend <- suppressWarnings(prop.trend.test(x, n))
  answers[[paste0("trend ", name)]] <- c(statistic = unname(trend$statistic), p = trend$p.value)
  # Expected ranges: naive z, cut back to its outer tenths, additive spread by moments (Spiegelhalter 2005).
  big <- n >= 30
  if (sum(big) >= 5) {
    target <- sum(x) / sum(n)
    s <- sqrt(target * (1 - target) / n[big])
    naive <- (p[big] - target) / s
    ends <- quantile(naive, c(0.1, 0.9), type = 7)
    cut <- pmin(pmax(naive, ends[1]), ends[2])
    w <- 1 / s^2
    tau2 <- max(0, (sum(cut^2) - (sum(big) - 1)) / (sum(w) - sum(w^2) / sum(w)))
    answers[[paste0("tau squared ", name)]] <- c(target = target, tau_squared = tau2)
    answers[[paste0("z ", name)]] <- (p[big] - target) / sqrt(s^2 + tau2)
    answers[[paste0("expected high ", name)]] <- target + z * sqrt(s^2 + tau2)
  }
}

# Net agreement: people for are 1, against -1, others 0; the variance with n and not n - 1.
values <- ratings[["all"]][, 1]
values <- values[!is.na(values)]
score <- ifelse(values >= 5, 1, ifelse(values <= 2, -1, 0))
spread <- sqrt(mean((score - mean(score))^2) / length(score))
answers[["net agreement"]] <- c(
  positive = sum(score == 1), negative = sum(score == -1), base = length(score),
  net = 100 * mean(score), low = 100 * (mean(score) - z * spread), high = 100 * (mean(score) + z * spread)
)

# A mean with Student's interval, and its standard error in a finite population.
sample <- read("sample")[["ages"]]
found <- t.test(sample$value)
sample$population <- 2700
with_fpc <- svymean(~value, svydesign(ids = ~1, fpc = ~population, data = sample))
without <- svymean(~value, suppressWarnings(svydesign(ids = ~1, data = sample, weights = ~population)))
answers[["sample"]] <- c(
  mean = unname(found$estimate), low = found$conf.int[1], high = found$conf.int[2],
  se = as.numeric(SE(without)), se_in_population = as.numeric(SE(with_fpc))
)

# Holm over a family that holds ties and a p of 1.
raw <- c(0.01, 0.04, 0.03, 0.005, 0.04, 1, 0.2, 0.0004)
answers[["holm raw"]] <- raw
answers[["holm adjusted"]] <- p.adjust(raw, "holm")

number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
lines <- sapply(names(answers), function(name) {
  values <- answers[[name]]
  if (is.null(names(values))) {
    body <- paste0("[", paste(number(values), collapse = ", "), "]")
  } else {
    body <- paste0("{", paste0("\"", names(values), "\": ", number(values), collapse = ", "), "}")
  }
  paste0("  \"", name, "\": ", body)
})
made_with <- sprintf("  \"made with\": \"%s, survey %s\"", R.version.string, packageVersion("survey"))
writeLines(c("{", paste(c(made_with, lines), collapse = ",\n"), "}"), "tests/oracles/r/answers.json")
