# Makes weights.json: what R's survey package (Lumley) says of its own Californian schools, as counts and sums by cell.
# Run with: Rscript weights.R > weights.json
suppressMessages(library(survey))
data(api)
options(digits = 17)

number <- function(x) paste0("[", paste(format(x, digits = 17, trim = TRUE), collapse = ", "), "]")
words <- function(x) paste0("[", paste0('"', x, '"', collapse = ", "), "]")

cells <- function(data, by, value) {
  key <- interaction(data[by], sep = " ", lex.order = TRUE)
  list(
    names = levels(key),
    people = as.vector(table(key)),
    total = as.vector(tapply(data[[value]], key, sum, default = 0)),
    squares = as.vector(tapply(data[[value]]^2, key, sum, default = 0)),
    high = as.vector(tapply(data[[value]] > 700, key, sum, default = 0)),
    key = key
  )
}
answer <- function(name, found, weights, design) {
  # Every school of a cell has one weight; ours are 1 on average.
  each <- tapply(weights, found$key, function(w) w[1], default = NA)
  each <- as.vector(each) * sum(found$people) / sum(weights)
  deff <- length(weights) * sum(weights^2) / sum(weights)^2
  sprintf(
    '"%s": {"people": %s, "total": %s, "squares": %s, "high": %s, "weights": %s, "mean": %s, "share": %s, "deff": %s}',
    name, number(found$people), number(found$total), number(found$squares), number(found$high),
    gsub("NA", "null", number(each)), format(coef(svymean(~api00, design)), digits = 17),
    format(coef(svymean(~ I(as.numeric(api00 > 700)), design)), digits = 17), format(deff, digits = 17)
  )
}

simple <- svydesign(id = ~1, weights = ~pw, data = apisrs)
types <- as.data.frame(table(stype = apipop$stype))
stratified <- postStratify(simple, ~stype, types)
poststrat <- answer("post_stratified", cells(apisrs, "stype", "api00"), weights(stratified), stratified)

by <- c("stype", "sch.wide", "comp.imp")
margins <- lapply(by, function(one) setNames(as.data.frame(table(apipop[[one]])), c(one, "Freq")))
strict <- list(maxit = 500, epsilon = 1e-13, verbose = FALSE)
raking <- function(data, start) {
  data$start <- start
  design <- svydesign(id = ~1, weights = ~start, data = data)
  rake(design, lapply(by, function(one) reformulate(one)), margins, control = strict)
}
raked <- raking(apiclus1, apiclus1$pw)
plain <- answer("raked", cells(apiclus1, by, "api00"), weights(raked), raked)

# Few schools of one kind, so that raking gives some a weight that has to be trimmed.
few <- apiclus1[!(apiclus1$stype == "H" & seq_len(nrow(apiclus1)) %% 4 != 0), ]
first <- weights(raking(few, few$pw))
low <- 0.3 * mean(first)
high <- 3 * mean(first)
cut <- sum(first < low | first > high)
again <- raking(few, pmin(pmax(first, low), high))
trimmed <- answer("trimmed", cells(few, by, "api00"), weights(again), again)

set.seed(1)
observed <- table(cut(rnorm(120), c(-Inf, -1, -0.3, 0.4, 1.2, Inf)))
expected <- c(0.2, 0.2, 0.2, 0.2, 0.2)
tested <- chisq.test(as.vector(observed), p = expected)

cat("{\n")
cat('"origin": "R ', as.character(getRversion()), ", survey ", as.character(packageVersion("survey")), '",\n', sep = "")
cat('"groups": ', words(cells(apiclus1, by, "api00")$names), ",\n", sep = "")
cat('"types": {"names": ', words(types$stype), ', "population": ', number(types$Freq), "},\n", sep = "")
cat('"margins": [', paste(sapply(margins, function(m) number(m$Freq)), collapse = ", "), "],\n", sep = "")
cat('"margin_groups": [', paste(sapply(margins, function(m) words(m[[1]])), collapse = ", "), "],\n", sep = "")
cat(poststrat, ",\n", plain, ",\n", trimmed, ",\n", sep = "")
cat('"trimmed_schools": ', cut, ",\n", sep = "")
cat('"fit": {"counts": ', number(as.vector(observed)), ', "reference": ', number(expected), ', "statistic": ',
    format(unname(tested$statistic), digits = 17), ', "p_value": ', format(tested$p.value, digits = 17), "}\n", sep = "")
cat("}\n")
