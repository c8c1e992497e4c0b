# A few names for what is done often. ./scrip and ./verify are all a newcomer needs.
SHELL := bash
MAVEN = . bin/toolchain.sh && find_jdk && find_maven . && $$maven

.PHONY: build test quick fmt crash failover simulate bench run

build: ## everything CI checks
	./verify

test: ## the tests, without formatting and coverage
	$(MAVEN) -B test

quick: ## the runnable jar, nothing checked
	$(MAVEN) -B -q -Dquickly -Dmaven.test.skip=true -pl cli -am package

fmt: ## formats all sources
	$(MAVEN) -B -q spotless:apply

crash: ## a thousand kills under load, each followed by a count of what is new
	$(MAVEN) -B test -pl cli -am -Dtest=CrashTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dscrip.kills=1000

failover: ## ten rounds of losing the writer in each way, under load, on PostgreSQL
	$(MAVEN) -B test -pl cli -am -Dtest=FailoverTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dscrip.failovers=10

simulate: ## fifty million steps of ledger, journal and clock under faults
	$(MAVEN) -B test -pl ledger -am -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dscrip.simulation.steps=50000000

bench: ## what docs/performance.md states; keep the machine quiet
	bench/run all

run: ## the demonstration
	./scrip demo
