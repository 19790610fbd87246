package example.coordinator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application of its own; that it has a ledger, its pom and one property say. */
@SpringBootApplication
public class CoordinatorApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(CoordinatorApplication.class, arguments);
    }
}
